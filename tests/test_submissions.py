"""Files that no author of checks had in mind: unusual but right ones pass, wrong ones do not."""

import ast
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

import grader
from grader.course import Course, Exercise, declared
from grader.report import RED, Verdict

TRAINED = 2  # wrong submissions of each check that trains; more of them are slow


def submissions(kind: str) -> list[tuple[Exercise, Path]]:
    """The exercise and the file of each."""
    return [
        (exercise, path)
        for exercise in Course.open().exercises
        for path in sorted((exercise.submissions / kind).glob("*.py"))
    ]


def named(path: Path) -> str:
    """The check that a wrong submission must not pass."""
    _, names, _ = declared(ast.parse(path.read_text("utf-8")))
    (name,) = names
    return name


def parametrized(
    found: list[tuple[Exercise, Path]], marks: Callable[[Exercise, Path], list]
) -> list:
    """Parameters of a test: the first file of an exercise without marks of its own runs always."""
    parameters, seen = [], set()
    for exercise, path in found:
        own = marks(exercise, path)
        if not own and exercise.id in seen:
            own = [pytest.mark.thorough]
        elif not own:
            seen.add(exercise.id)
        parameters.append(pytest.param(exercise, path, id=f"{exercise.id}-{path.stem}", marks=own))
    return parameters


def right(*marks: pytest.MarkDecorator) -> list:
    """Parameters of a test of all right submissions."""
    return parametrized(submissions("accepted"), lambda exercise, path: list(marks))


def wrong() -> list:
    """Parameters of a test of all wrong submissions."""
    trains = {(e.id, c.name) for e in Course.open().exercises for c in e.checks if c.tensorflow}
    seen: Counter[tuple[str, str]] = Counter()

    def marks(exercise: Exercise, path: Path) -> list:
        check = exercise.id, named(path)
        if check not in trains:
            return []
        seen[check] += 1
        return [pytest.mark.slow if seen[check] > TRAINED else pytest.mark.thorough]

    return parametrized(submissions("wrong"), marks)


def passes(
    exercise: Exercise, path: Path, server: grader.Server, checks: list[str], seed: int
) -> None:
    """With full points: there is more than one way to write it."""
    report = grader.grade(exercise, path, checks=checks, server=server, seed=seed)
    wrong = [c for c in report.checks if c.verdict is not Verdict.PASSED]
    assert [(c.name, c.message) for c in wrong] == []
    assert [c.name for c in report.checks] == checks
    assert report.score == report.max_score


@pytest.mark.parametrize(("exercise", "path"), right())
def test_right_submissions_pass(
    exercise: Exercise, path: Path, server: grader.Server, seed: int
) -> None:
    passes(exercise, path, server, [c.name for c in exercise.checks if not c.tensorflow], seed)


@pytest.mark.parametrize(("exercise", "path"), right(pytest.mark.slow))
def test_right_submissions_pass_by_every_check(
    exercise: Exercise, path: Path, server: grader.Server, seed: int
) -> None:
    passes(exercise, path, server, [c.name for c in exercise.checks], seed)


@pytest.mark.parametrize(("exercise", "path"), wrong())
def test_wrong_submissions_do_not_pass(
    exercise: Exercise, path: Path, server: grader.Server, seed: int
) -> None:
    """Whatever is wrong with them, the check that they name sees it, and says so in a sentence."""
    name = named(path)
    (check,) = grader.grade(exercise, path, checks=[name], server=server, seed=seed).checks
    assert check.name == name
    assert check.verdict in RED
    assert check.message
