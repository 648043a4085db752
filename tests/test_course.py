"""The built-in course is sound: what ``grade verify`` proves, and how much of it there is."""

from collections.abc import Iterable
from pathlib import Path

import pytest

import grader
from grader.authoring import lint as files
from grader.authoring.overlay import written
from grader.authoring.verify import verify
from grader.course import Course, Exercise, Flaw
from grader.render import proven
from grader.report import RED, Verdict
from support import PATIENCE


def told(course: Course, flaws: Iterable[Flaw]) -> list[str]:
    """Where each is, what, and how to fix it."""
    return [proven.flaw(str(f.path.relative_to(course.root)), f.line, f.what, f.fix) for f in flaws]


EXERCISES = Course.open().exercises


MINUTE = 60.0  # seconds that a check may take which trains on many garments
TRAINED = "ex6"  # the exercise whose training is run here; verify runs those of all


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_solution_passes_every_check(
    exercise: Exercise, server: grader.Server, seed: int
) -> None:
    """All that take no minute, and one real training."""
    names = [c.name for c in exercise.checks if c.timeout < MINUTE or exercise.id == TRAINED]
    report = grader.grade(
        exercise, exercise.solution, checks=names, server=server, seed=seed, timeout=PATIENCE
    )
    assert [(c.name, c.message) for c in report.checks if c.verdict is not Verdict.PASSED] == []
    assert report.verified and len(report.checks) == len(names)


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_wrong_file_fails_by_the_check_that_it_names(
    exercise: Exercise, server: grader.Server, seed: int, tmp_path: Path
) -> None:
    """One of each exercise, and none that needs a model; verify grades them all."""
    names = [check.name for check in exercise.checks if not check.tensorflow]
    wrong = next(wrong for wrong in exercise.wrong if wrong.fails in names)
    path = written(exercise, wrong, tmp_path)
    (check,) = grader.grade(
        exercise, path, checks=[wrong.fails], server=server, seed=seed, timeout=PATIENCE
    ).checks
    assert check.name == wrong.fails
    assert check.verdict in RED
    assert check.message


def test_one_exercise_trains() -> None:
    """Those of all others are left to verify."""
    dear = {e.id for e in EXERCISES for check in e.checks if check.timeout >= MINUTE}
    assert TRAINED in dear


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
