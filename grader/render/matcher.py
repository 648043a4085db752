"""A report as lines that editors read: where, how bad, and what it is."""

from collections.abc import Iterator
from contextlib import suppress

from grader.clean import sentence
from grader.course import Exercise
from grader.engine.names import bound, called_by
from grader.i18n import _
from grader.parsing import parse
from grader.report import LOAD, RED, CheckResult, Report, Verdict


def problems(report: Report, exercise: Exercise, file: str, data: bytes) -> Iterator[str]:
    """A line for each check that did not pass: ``file:line: error: title: message``.

    A check that says no line of the file is placed at the function that it calls, if the file is no
    notebook. The last line is the score, and no problem.

    Args:
        report: the grading.
        exercise: its exercise.
        file: the learner's, as an editor finds it.
        data: its bytes.
    """
    functions: dict[str, int] = {}
    with suppress(SyntaxError, ValueError, RecursionError):  # a notebook, or what can't be read
        functions = bound(parse(data.decode("utf-8")).body)
    for check in report.checks:
        if check.verdict in (Verdict.PASSED, Verdict.BLOCKED):
            continue
        kind = "error" if check.verdict in RED else "warning"
        title = "" if check.name == LOAD else f"{sentence(check.title)}: "
        line = _line(check, exercise, functions)
        yield f"{file}:{line}: {kind}: {title}{sentence(check.message)}"
    yield _("{exercise}: {score:g} of {most:g} points").format(
        exercise=exercise.id, score=report.score, most=report.max_score
    )


def _line(check: CheckResult, exercise: Exercise, functions: dict[str, int]) -> int:
    """The line that a check is about, else that of the first function which it calls."""
    shown = check.details["lines"] or []
    current = [line["number"] for line in shown if line["current"] and "cell" not in line]
    if current:
        return current[0]
    known = next((each for each in exercise.checks if each.name == check.name), None)
    called = called_by(exercise, known) if known else set()
    return next((functions[n] for n in exercise.functions if n in called & functions.keys()), 1)
