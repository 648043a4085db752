"""Files that no author of checks had in mind: unusual but right ones pass, wrong ones do not."""

import ast
from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise, declared
from grader.report import RED, Verdict

FOLDER = Path(__file__).parent / "submissions"
TRAINED = 1  # of each exercise's right submissions, by every check; the others are slow


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
    """Whatever is wrong with them, the check that they name sees it, and says so in a sentence."""
    _, named, _ = declared(ast.parse(path.read_text("utf-8")))
    report = grader.grade(exercise, path, checks=named, server=server)
    assert [check.name for check in report.checks] == named
    assert report.checks[0].verdict in RED
    assert report.checks[0].message
