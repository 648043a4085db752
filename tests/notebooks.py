"""Notebooks for tests: of some cells, of a Python file in one of three styles, and a kernel."""

import ast
import json
import os
import queue
import re
import sys
import textwrap
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from grader.authoring.verify import (
    accepted_passes,
    misconception_is_caught,
    wrong_file_is_caught,
)
from grader.course import Exercise, Flaw
from grader.engine.grading import grade
from grader.engine.server import Server
from grader.errors import GradingError
from grader.report import Report, Verdict
from support import PATIENCE

STYLES = ("one", "many", "training")
BETWEEN = {
    "many": (
        "%matplotlib inline\n!pip install -q seaborn\nimport matplotlib.pyplot as plt",
        "# a look at it\nplt.figure(figsize=(4, 3))\nplt.plot([1, 2], [3, 4])\nplt.show();",
        "%%bash\necho 'no Python (here'",
        "help?\nfiles = !ls *.py\n%timeit -n 1 sum(range(3))",
    ),
    "training": (
        "import tensorflow as tf\n(x_train, y_train), _ = tf.keras.datasets.mnist.load_data()",
        "history = tf.keras.Sequential().fit(x_train / 255, y_train, epochs=500)\nhistory.history",
        "for epoch in range(10**9):\n    seen = history.history['loss'][epoch]\n    print(seen)",
        "raise SystemExit(input('Ready?'))",
    ),
}


def notebook(
    *cells: str,
    version: int = 4,
    lists: bool = False,
    counts: Sequence[int | None] | None = None,
    language: str = "python",
    outputs: Sequence[Any] = (),
) -> bytes:
    """A notebook of these code cells.

    Args:
        cells: their sources.
        version: of nbformat, 3 or 4.
        lists: whether sources are lists of lines.
        counts: of each cell, in which place it ran.
        language: the kernel's.
        outputs: of each cell.
    """
    source, count = ("source", "execution_count") if version == 4 else ("input", "prompt_number")
    made = [
        {
            "cell_type": "code",
            source: cell.splitlines(keepends=True) if lists else cell,
            count: ran,
            "metadata": {},
            "outputs": list(outputs),
        }
        for cell, ran in zip(cells, counts or [None] * len(cells), strict=True)
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": language}}
    content: dict[str, Any] = {"metadata": kernel, "nbformat": version, "nbformat_minor": 4}
    content |= {"cells": made} if version == 4 else {"worksheets": [{"cells": made}]}
    return json.dumps(content).encode()


def in_cells(text: str, style: str) -> bytes:
    """A Python file as a notebook.

    Args:
        text: the file's text.
        style: ``"one"`` cell; ``"many"``, one a statement, with magics and plots between them; or
            ``"training"``, with training at top level between them and in place of
            ``if __name__ == "__main__":``.
    """
    if style == "one":
        return notebook(text)
    lines, cells, start = text.split("\n"), [], 0
    for number, statement in enumerate(ast.parse(text).body):
        end = statement.end_lineno or 0
        source = "\n".join(lines[start:end])
        if style == "training" and isinstance(statement, ast.If) and "__name__" in source:
            source = textwrap.dedent(source.partition(":\n")[2])
        cells += [source, BETWEEN[style][number % len(BETWEEN[style])]]
        start = end
    return notebook(*cells, lists=True)


def files(exercise: Exercise) -> list[Path]:
    """All files of an exercise that are right or wrong, the solution first."""
    wrong = [each.path for each in (*exercise.misconceptions, *exercise.wrong)]
    return [exercise.solution, *exercise.accepted, *wrong]


def proved(exercise: Exercise, path: Path, style: str, server: Server, folder: Path) -> list[Flaw]:
    """What ``grade verify --quick`` would say if the notebook of a file were the file.

    Raises:
        GradingError: it could not be graded, or not in time, which says nothing about it.
    """
    reports: list[Report] = []

    def graded(exercise: Exercise, path: Path, **how: Any) -> Report:
        data = in_cells(path.read_text("utf-8"), style)
        reports.append(grade(exercise, data=data, server=server, **how))
        return reports[-1]

    flaws: list[Flaw] = []
    if path in (exercise.solution, *exercise.accepted):
        flaws += accepted_passes(exercise, graded, path=path, quick=True)
    for each in exercise.misconceptions:
        if each.path == path:
            flaws += misconception_is_caught(exercise, graded, misconception=each, quick=True)
    for each in exercise.wrong:
        if each.path == path:
            flaws += wrong_file_is_caught(exercise, graded, wrong=each, folder=folder)
    late = any(check.verdict is Verdict.TIMEOUT for report in reports for check in report.checks)
    if not all(report.graded for report in reports) or (flaws and late):
        raise GradingError(f"{path} as a notebook was not graded, or not in time: grade it again.")
    return flaws


def definition(exercise: Exercise, name: str) -> str:
    """A function or a class of the solution."""
    text = exercise.solution.read_text("utf-8")
    nodes = (node for node in ast.parse(text).body if getattr(node, "name", "") == name)
    return ast.get_source_segment(text, next(nodes)) or ""


def solved(exercise: Exercise, book: bytes, **instead: str) -> bytes:
    """An exercise's notebook with the solution in its cells, and these functions instead."""
    content = json.loads(book)
    for cell in content["cells"]:
        found = re.match(r"(?:def|class) (\w+)", "".join(cell["source"]))
        if cell["cell_type"] == "code" and found:
            name = found[1]
            text = instead.get(name) or definition(exercise, name)
            cell["source"] = text.splitlines(keepends=True)
    return json.dumps(content).encode()


class Kernel:
    """A kernel in a folder, with these variables, and what its cells display."""

    def __init__(self, folder: Path, **variables: str) -> None:
        from jupyter_client import KernelManager

        self.manager = KernelManager(kernel_name="python3")
        self.manager.kernel_spec.argv[0] = sys.executable
        self.manager.start_kernel(cwd=str(folder), env=os.environ | variables)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)

    @property
    def pid(self) -> int:
        return int(self.manager.provisioner.pid)

    def completed(self, code: str) -> list[str]:
        """What the tab key offers."""
        return self.client.complete(code, reply=True, timeout=PATIENCE)["content"]["matches"]

    def restart(self) -> None:
        """As the button does: another process, which knows nothing."""
        self.manager.restart_kernel()
        self.client.wait_for_ready(timeout=PATIENCE)

    def end(self) -> None:
        """End it."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code: str, typed: str = "") -> dict[str, str]:
        """Run a cell, typing this whenever it asks; the newest of each kind of output."""
        number, shown = self.client.execute(code, allow_stdin=bool(typed)), {"asked": ""}
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(queue.Empty):
                shown["asked"] += self.client.get_stdin_msg(timeout=0.01)["content"]["prompt"]
                self.client.input(typed)
            try:
                message = self.client.get_iopub_msg(timeout=0.1)
            except queue.Empty:
                continue
            if message["parent_header"].get("msg_id") != number:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "status" if content["execution_state"] == "idle":
                    return shown
                case "stream":
                    shown[content["name"]] = shown.get(content["name"], "") + content["text"]
                case "display_data" | "update_display_data":
                    shown |= content["data"]
                case "error":
                    shown["error"] = content["ename"]
        raise AssertionError(f"{code} does not end: {shown}")
