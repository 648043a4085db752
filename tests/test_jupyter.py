"""``%grade`` in a real kernel, and a notebook run from top to bottom."""

import ast
import json
import os
import re
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.notebooks import as_notebook
from grader.course import Course
from grader.workspace import Workspace
from notebooks import Kernel, solved
from support import alive, called, descendants, program, soon

pytestmark = pytest.mark.thorough
pytest.importorskip("jupyter_client", reason="pip install ipykernel nbconvert")
pytest.importorskip("ipykernel")

EX1 = Course.open().exercise("ex1")
SOLUTION = EX1.solution.read_text("utf-8").rpartition("if __name__")[0]


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[Kernel]:
    found = Kernel(tmp_path)
    yield found
    found.end()


def test_a_learner_in_a_notebook(kernel: Kernel) -> None:
    """A mistake, a hint, another cell, a pass; and nothing is left of it."""
    assert kernel.run("%load_ext grader") == {"asked": ""}
    assert "Which exercise? Name it, such as `%grade ex1`" in kernel.run("%grade")["stderr"]
    assert "Did you mean ex3?" in kernel.run("%grade ex33")["stderr"]
    assert "Run %grade ex1 first" in kernel.run("%grade hint ex1")["stderr"]
    source = EX1.solution.read_text("utf-8")
    for node in ast.parse(source).body[1:-1]:
        kernel.run(ast.get_source_segment(source, node) or "")
    kernel.run("!echo a shell\ndef softmax(scores):\n    return scores / 0 + undefined")
    failed = kernel.run("%grade")
    told = " ".join(failed["text/plain"].split())
    assert re.search(r"NameError in notebook, cell \d+, line 3, softmax", told)
    assert "<b>❱   3" in failed["text/html"] and "Practice, not verified" in failed["text/html"]
    assert "Hint 1 of 3: Work out softmax" in kernel.run("%grade hint ex1")["stdout"]
    node = next(n for n in ast.parse(source).body if getattr(n, "name", "") == "softmax")
    passed = kernel.run(f"%%grade ex1\n{ast.get_source_segment(source, node)}")
    assert "All 9 checks passed" in passed["text/plain"]
    assert "not verified" in passed["text/plain"] and "· verified" not in passed["text/plain"]
    code_that_has_not_changed_starts_nothing(kernel)
    asked = kernel.run("%grade quiz ex1", typed="1")
    assert asked["asked"].count("Answer with") >= 2 and "error" not in asked, asked
    words_after_grade_are_the_command_lines(kernel)
    children = descendants(kernel.pid)
    assert children
    os.kill(kernel.pid, signal.SIGKILL)
    assert soon(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def words_after_grade_are_the_command_lines(kernel: Kernel) -> None:
    """With its options, its errors as sentences, and next steps as they are typed here."""
    lab = kernel.run("%grade lab ex1 noise --recorded", typed="1")
    assert "Your guess, a number" in lab["asked"] and "%grade quiz ex1" in lab["text/plain"]
    wrong = kernel.run("%grade quiz ex1 --nonsense")
    assert "No such option: --nonsense" in wrong["stderr"] and "error" not in wrong
    assert "passed: nothing needs a hint" in kernel.run("%grade hint")["stdout"]


STARTS = """
from grader.engine.server import Server
starts, checker, start = [], Server.start_checker, Server.start
Server.start_checker = lambda self: starts.append("checker") or checker(self)
Server.start = lambda self, kind, *more: starts.append(kind) or start(self, kind, *more)
"""


def code_that_has_not_changed_starts_nothing(kernel: Kernel) -> None:
    """And code that is graded again, or has changed, is graded by the interpreters there are."""
    kernel.run(STARTS)
    interpreters = descendants(kernel.pid)
    shown = kernel.run("%grade ex1")
    assert "Your code has not changed since this report" in shown["text/plain"]
    assert "All 9 checks passed" in shown["text/plain"]
    again = kernel.run("%grade ex1 --again")
    assert "not changed" not in again["text/plain"] and "All 9 checks passed" in again["text/plain"]
    kernel.run("NOBODY_USES = 1")
    assert "not changed" in kernel.run("%grade ex1")["text/plain"]
    counted = kernel.run("print(len(starts), starts.count('checker'), starts.count('bench'))")
    started, checkers, _ = map(int, counted["stdout"].split())
    assert checkers == 2 and started <= 2 + len(EX1.checks), "one grading's, and a learner a check"
    assert descendants(kernel.pid) == interpreters


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A learner's folder with notebooks."""
    called(tmp_path, "init", "work", "--notebooks")
    return tmp_path / "work"


def test_a_kernel_is_restarted_and_loads_the_extension_twice(kernel: Kernel) -> None:
    """Neither leaves anything behind, and what has not run is said."""
    assert "`%grade` not found" in kernel.run("%grade ex1")["stderr"]
    for again in ("%load_ext grader", "%load_ext grader", "%reload_ext grader"):
        kernel.run(again)
    told = " ".join(kernel.run("%grade ex1")["text/plain"].split())
    assert f"none of them defines {EX1.required[0]}" in told
    assert "ex1" in kernel.completed("%grade e") and "hint" in kernel.completed("%grade h")
    assert kernel.run(SOLUTION).keys() == {"asked"}
    assert "All 9 checks passed" in kernel.run("%grade ex1")["text/plain"]
    once = descendants(kernel.pid)
    kernel.run("%reload_ext grader")
    assert "All 9 checks passed" in kernel.run("%grade ex1")["text/plain"]
    assert ended(once) and len(descendants(kernel.pid)) == len(once)
    kernel.run("%unload_ext grader")
    assert soon(lambda: not descendants(kernel.pid))
    kernel.run("%load_ext grader")
    assert soon(lambda: bool(descendants(kernel.pid)))
    before = descendants(kernel.pid)
    kernel.restart()
    assert ended(before)
    assert "`%grade` not found" in kernel.run("%grade ex1")["stderr"]
    kernel.run("%load_ext grader")
    assert "none of them defines" in kernel.run("%grade ex1")["text/plain"]


def test_two_notebooks_of_a_workspace_at_once(workspace: Path) -> None:
    """Each in its own kernel, as Jupyter starts them: in the notebook's folder."""
    kernels = [Kernel(workspace / "exercises") for _ in range(2)]
    try:
        cells = ["%load_ext grader", SOLUTION, "%grade ex1"]
        with ThreadPoolExecutor(2) as both:
            runs = [both.submit(lambda k=k: [*map(k.run, cells)][-1]) for k in kernels]
            for each in runs:
                assert "All 9 checks passed" in each.result()["text/plain"]
    finally:
        for each in kernels:
            each.end()
    standings = Workspace(workspace).progress.standings()
    assert {stem: each.passed for stem, each in standings.items()} == {EX1.stem: True}


def ended(processes: set[int]) -> bool:
    """Whether processes end; some that were there must be known."""
    return bool(processes) and soon(lambda: not any(map(alive, processes)))


def test_nbconvert_runs_an_exercise(tmp_path: Path) -> None:
    """What ``grade init --notebooks`` writes runs from top to bottom, untouched and solved."""
    pytest.importorskip("nbconvert")
    (tmp_path / "todo.ipynb").write_bytes(as_notebook(EX1))
    (tmp_path / "done.ipynb").write_bytes(solved(EX1, as_notebook(EX1)))
    words = ["-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "out"]
    done = program(tmp_path, sys.executable, *words, "todo.ipynb", "done.ipynb")
    assert done.returncode == 0, done.stderr
    for name, told in (("todo", "is not written yet"), ("done", "All 9 checks passed")):
        book = json.loads((tmp_path / f"out/{name}.ipynb").read_text("utf-8"))
        outputs: list[Any] = book["cells"][-1]["outputs"]
        assert told in "".join(outputs[-1]["data"]["text/plain"])
        assert "not verified" in "".join(outputs[-1]["data"]["text/html"])
