"""Experiments that really run: predicted, confined, kept, and shown again without a run."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from grader.course import Course
from support import GRADE, SMALL, Terminal, called, flat, run

pytestmark = pytest.mark.thorough

DECLARED = """
[[experiment]]
run = "reads"
title = "What can it read?"
about = "It tries."
explain = "It could not."
"""
READS = '''"""What can be read?"""


def reads(seed, say=print):
    """Reads a file that is none of its business."""
    with open({path!r}) as file:
        return {{"length": len(file.read()), "seed": seed}}
'''


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    assert run(tmp_path, "init", "work").returncode == 0
    return tmp_path / "work"


def test_an_experiment_runs_once_and_is_kept(workspace: Path) -> None:
    words = ("lab", "ex0", "nearest_average")
    done = run(workspace, *words, typed="0.5\n")
    assert done.returncode == 0, done.stderr
    assert "● your guess 0.500   ┃ measured 0.670 (1 run)" in done.stdout
    assert "A ruler gets 0.670 of them right" in flat(done.stdout)
    path = workspace / ".grade/labs/ex0_data.json"
    kept = json.loads(path.read_text())
    assert kept["nearest_average"]["guess"] == 0.5
    kept["nearest_average"]["runs"]["0"]["accuracy"] = 0.125
    path.write_text(json.dumps(kept))
    again = run(workspace, *words)
    assert "your guess: 0.500" in again.stdout, "nobody is asked twice"
    assert "measured 0.125" in again.stdout, "shown from what is kept, not run again"
    page = workspace / "page.html"
    assert run(workspace, *words, "--html", page).returncode == 0
    assert "Measured: 0.125" in page.read_text("utf-8")


def test_json_asks_nobody_and_is_whole(workspace: Path) -> None:
    done = run(workspace, "lab", "ex0", "base_run", "--json", "--seeds", "1")
    (found,) = json.loads(done.stdout)["experiments"]
    table = found["runs"]["1"]
    assert 0.7 < table["test_accuracy"] < 0.9 and table["steps"] == 188
    assert len(table["loss"]) == 5 and table["loss"][0] > table["loss"][-1]


def course(folder: Path, source: str) -> Path:
    """A small course with a lab."""
    shutil.copytree(SMALL, folder / "course")
    (folder / "course/labs").mkdir()
    (folder / "course/labs/ex0_own.py").write_text(source)
    (folder / "course/labs/ex0_own.toml").write_text(DECLARED)
    return folder / "course"


def test_an_experiment_is_confined(tmp_path: Path) -> None:
    """Control: the same function reads the file where nothing confines it."""
    secret = tmp_path / "secret.txt"
    secret.write_text("12345")
    source = READS.format(path=str(secret))
    made: dict = {}
    exec(compile(source, "reads.py", "exec"), made)
    assert made["reads"](1) == {"length": 5, "seed": 1}
    done = run(tmp_path, "lab", "ex0", "--json", "--course", course(tmp_path, source))
    assert done.returncode == 2 and not done.stdout
    assert "ex0_own.py, line 6: reads raised PermissionError" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_experiment_computes_as_tensorflow_does_by_itself(tmp_path: Path) -> None:
    """A submission does not: test_confinement.py."""
    names = ("TF_NUM_INTRAOP_THREADS", "TF_ENABLE_ONEDNN_OPTS", "disable_meta_optimizer")
    found = ", ".join(f'"{name}": known.get("{name}", "as it is")' for name in names[:2])
    source = f"""import os


def reads(seed):
    import tensorflow as tf

    options, known = tf.config.optimizer.get_experimental_options(), os.environ
    left = "as it is" if options["{names[2]}"] is False else "disabled"
    return {{{found}, "{names[2]}": left}}
"""
    words = ("lab", "ex0", "--json", "--seeds", "1", "--course", course(tmp_path, source))
    (found,) = json.loads(run(tmp_path, *words).stdout)["experiments"]
    assert found["runs"]["1"] == dict.fromkeys(names, "as it is")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("return [1]", "no table"),
        ("return {'a': object()}", "no table"),
        ("return {'a': 'x' * 300}", "no table"),
        ("raise KeyError('left')", "reads raised KeyError: 'left'"),
        ("import os; os._exit(7)", "ended with status 7"),
    ],
)
def test_what_goes_wrong_is_one_sentence(tmp_path: Path, body: str, told: str) -> None:
    source = f"def reads(seed):\n    {body}\n"
    done = run(tmp_path, "lab", "ex0", "--json", "--course", course(tmp_path, source))
    assert done.returncode == 2
    assert told in flat(done.stderr) and len(done.stderr.splitlines()) <= 3


def test_tensorflow_is_not_loaded_before_it_runs() -> None:
    """Listing, and all that was recorded, need none."""
    import subprocess

    code = (
        "import sys; from grader.cli.app import command_line; "
        "command_line()(['lab', 'ex6', 'first_epoch', '--recorded'], standalone_mode=False); "
        "sys.exit('tensorflow' in sys.modules)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert done.returncode == 0, done.stderr
    assert Course.open().exercises


def test_ctrl_c_at_a_question_says_what_the_lab_keeps(tmp_path: Path) -> None:
    called(tmp_path, "init", "work")
    learner = Terminal(tmp_path / "work", GRADE, "lab", "ex1", "noise", "--recorded")
    learner.sees("Your guess, a number:")
    learner.types("1\r")
    learner.sees("your guess 1", "then Enter")
    learner.types("\x03")
    learner.sees("Stopped. Whatever has run is kept; `grade lab ex1` goes on from there.")
    assert learner.ends() == 130
