"""Files that no author of checks had in mind: unusual but right ones pass, wrong ones do not."""

import contextlib
import threading
from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise
from grader.report import RED, CheckResult, Event, Verdict

FOLDER = Path(__file__).parent / "submissions"
TRAINED = 3  # of each exercise's right submissions, by every check; the others are slow


def submissions(kind: str, each: slice = slice(None), *marks: pytest.MarkDecorator) -> list:
    """Exercise and file of each submission, or of some for each exercise."""
    return [
        pytest.param(exercise, path, id=f"{exercise.id}-{path.stem}", marks=marks)
        for exercise in Course.open().exercises
        for path in sorted((FOLDER / exercise.stem / kind).glob("*.py"))[each]
    ]


def passes(exercise: Exercise, path: Path, server: grader.Server, checks: list[str]) -> None:
    """With full points: there is more than one way to write it."""
    report = grader.grade(exercise, path, checks=checks, server=server)
    wrong = [c for c in report.checks if c.verdict is not Verdict.PASSED]
    assert [(c.name, c.message) for c in wrong] == []
    assert [c.name for c in report.checks] == checks
    assert report.score == report.max_score


@pytest.mark.parametrize(("exercise", "path"), submissions("right", slice(TRAINED, None)))
def test_right_submissions_pass(exercise: Exercise, path: Path, server: grader.Server) -> None:
    passes(exercise, path, server, [c.name for c in exercise.checks if not c.tensorflow])


@pytest.mark.parametrize(
    ("exercise", "path"),
    [
        *submissions("right", slice(TRAINED)),
        *submissions("right", slice(TRAINED, None), pytest.mark.slow),
    ],
)
def test_right_submissions_pass_by_every_check(
    exercise: Exercise, path: Path, server: grader.Server
) -> None:
    passes(exercise, path, server, [c.name for c in exercise.checks])


@pytest.mark.parametrize(("exercise", "path"), submissions("wrong"))
def test_wrong_submissions_do_not_pass(
    exercise: Exercise, path: Path, server: grader.Server
) -> None:
    """Whatever is wrong with them, some check sees it, and says so in a sentence."""
    quick = [c.name for c in exercise.checks if not c.tensorflow]
    red = first_red(exercise, path, server, quick) or first_red(exercise, path, server)
    assert red is not None
    assert red.message


def first_red(
    exercise: Exercise, path: Path, server: grader.Server, checks: list[str] | None = None
) -> CheckResult | None:
    """The first result that says something is wrong; nothing is run after it."""
    found: list[CheckResult] = []
    stop = threading.Event()

    def see(event: Event) -> None:
        if isinstance(event, CheckResult) and event.verdict in RED:
            found.append(event)
            stop.set()

    with contextlib.suppress(grader.Cancelled):
        grader.grade(exercise, path, checks=checks, server=server, on_event=see, cancel=stop)
    return found[0] if found else None
