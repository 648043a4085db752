"""The lines for editors, and the files that ``grade init --vscode`` writes."""

import json
import re
from pathlib import Path

from grader.cli.vscode import PATTERN, settings
from grader.course import Course
from grader.details import Line
from grader.render.matcher import problems
from grader.report import CheckResult, Protection, Report, Verdict
from grader.submission import Lines

EX1 = Course.open().exercise("ex1")
FILE = b"x = 1\n\n\ndef softmax(x): ...\n\n\ndef predicted_labels(x): ...\n"


def told(*checks: CheckResult, data: bytes = FILE) -> list[str]:
    report = Report(EX1.stem, "T", "a.py", 1, checks, Protection("full"), {}, 1.0)
    return list(problems(report, EX1, "exercises/ex1_predictions.py", data))


def failed(name: str, verdict: Verdict = Verdict.FAILED, line: Line | None = None) -> CheckResult:
    details = {"lines": [line]} if line else {}
    return CheckResult(name, "The\ntitle", verdict, 0, 1, "It: says\nso.", details)


def test_each_failed_check_is_a_line_that_the_task_reads() -> None:
    line: Line = {"number": 6, "text": "x", "current": True}
    first, second, last = told(failed("anything", line=line), failed("other", Verdict.TODO))
    assert first == "exercises/ex1_predictions.py:6: error: The title: It: says so."
    found = re.match(PATTERN, first)
    assert found is not None
    assert found.groups() == (
        "exercises/ex1_predictions.py", "6", "error", "The title: It: says so."
    )  # fmt: skip
    assert second.startswith("exercises/ex1_predictions.py:1: warning: The title:")
    assert re.match(PATTERN, last) is None and last == "ex1: 0 of 2 points"


def test_a_check_without_a_line_is_placed_at_the_function_that_it_calls() -> None:
    name = next(c.name for c in EX1.checks if c.title.startswith("The predicted label"))
    assert told(failed(name))[0].startswith("exercises/ex1_predictions.py:7: error:")
    assert told(failed(name), data=b'{"cells": []}')[0].startswith(
        "exercises/ex1_predictions.py:1:"
    )
    assert told(failed(name), data=b"\xff(")[0].startswith("exercises/ex1_predictions.py:1:")


def test_passed_and_waiting_checks_are_no_problems() -> None:
    passed = CheckResult("a", "A", Verdict.PASSED, 1, 1)
    assert told(passed, failed("b", Verdict.BLOCKED)) == ["ex1: 1 of 2 points"]


def test_a_cell_is_no_line_of_the_file() -> None:
    line: Line = {"number": 6, "text": "x", "current": True, "cell": 3}
    assert told(failed("anything", line=line))[0].startswith("exercises/ex1_predictions.py:1:")


def test_a_file_that_can_not_be_loaded() -> None:
    shown = Lines("a\nb").shown(2)
    load = CheckResult("load", "L", Verdict.ERROR, 0, 0, "No.", {"lines": shown})
    assert told(load)[0] == "exercises/ex1_predictions.py:2: error: No."


def test_the_files_for_vs_code() -> None:
    files = settings()
    tasks = json.loads(files["tasks.json"])["tasks"]
    assert tasks[0]["args"] == ["-m", "grader", "${fileBasenameNoExtension}", "--matcher"]
    assert tasks[0]["problemMatcher"]["pattern"]["regexp"] == PATTERN
    assert all(Path(task["command"]).is_file() for task in tasks)
    assert json.loads(files["launch.json"])["configurations"][0]["program"] == "${file}"
