"""The built-in course is sound: what ``grade verify`` proves, and how much of it there is."""

from collections.abc import Iterable
from pathlib import Path

import pytest

import grader
from grader.authoring import lint as files
from grader.authoring.overlay import written
from grader.authoring.verify import verify
from grader.course import Course, Exercise, Flaw
from grader.render import texts
from grader.report import RED, Verdict


def told(course: Course, flaws: Iterable[Flaw]) -> list[str]:
    """Where each is, what, and how to mend it."""
    return [texts.flaw(str(f.path.relative_to(course.root)), f.line, f.what, f.mend) for f in flaws]


EXERCISES = Course.open().exercises


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_solution_passes_every_check(
    exercise: Exercise, server: grader.Server, seed: int
) -> None:
    report = grader.grade(exercise, exercise.solution, server=server, seed=seed)
    assert [(c.name, c.message) for c in report.checks if c.verdict is not Verdict.PASSED] == []
    assert report.verified


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_one_of_its_submissions_of_each_kind(
    exercise: Exercise, server: grader.Server, seed: int, tmp_path: Path
) -> None:
    """A right file passes, a wrong one fails by the check that it names; verify grades them all."""
    names = [check.name for check in exercise.checks if not check.tensorflow]
    report = grader.grade(exercise, exercise.accepted[0], checks=names, server=server, seed=seed)
    assert [(c.name, c.message) for c in report.checks if c.verdict is not Verdict.PASSED] == []
    wrong = next(wrong for wrong in exercise.wrong if wrong.fails in names)
    path = written(exercise, wrong, tmp_path)
    (check,) = grader.grade(exercise, path, checks=[wrong.fails], server=server, seed=seed).checks
    assert check.name == wrong.fails
    assert check.verdict in RED
    assert check.message


@pytest.mark.thorough
@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
@pytest.mark.parametrize("quick", [True, pytest.param(False, marks=pytest.mark.slow)])
def test_an_exercise_is_sound(course: Course, exercise: Exercise, quick: bool, seed: int) -> None:
    assert told(course, verify(course, [exercise], quick=quick, seed=seed)) == []


def test_nothing_else_lies_in_the_course(course: Course) -> None:
    assert told(course, files.strays(course)) == []
    assert len(files.exercises(course)) == len(course.exercises) == 8


def test_typical_mistakes_are_part_of_the_course(course: Course) -> None:
    """Each misconception is one that the checks are proven to catch."""
    assert sum(len(exercise.misconceptions) for exercise in course.exercises) >= 60
