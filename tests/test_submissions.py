"""Files that no author of checks had in mind: unusual but right ones pass, wrong ones do not."""

from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise
from grader.report import Verdict

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
    report = grader.grade(exercise, path, checks=quick, server=server)
    if report.passed:  # what is wrong shows in a training only
        report = grader.grade(exercise, path, server=server)
    red = [c for c in report.checks if c.verdict in ("failed", "error", "timeout")]
    assert red and report.score < report.max_score
    assert all(c.message for c in red)
