"""False alarms: solutions, graded again and again with fresh seeds, always pass."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import grader
from grader.authoring.repeat import repeated
from grader.course import Course

pytestmark = pytest.mark.thorough

EXERCISES = [e.id for e in Course.open().exercises]


def failures(exercise: str, times: int, checks: list[str] | None, server: grader.Server) -> list:
    """What did not pass, as (seed, check, message)."""
    path = Course.open().exercise(exercise).solution

    def once(_: int) -> list[tuple[str, str, str]]:
        report = grader.grade(exercise, path, checks=checks, server=server)
        assert report.protection.level == "full"
        return [
            (f"{report.seed:016x}", c.name, c.message)
            for c in report.checks
            if c.verdict != "passed"
        ]

    with ThreadPoolExecutor(2) as pool:
        return [found for each in pool.map(once, range(times)) for found in each]


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_solutions_pass_100_of_100(exercise: str, server: grader.Server) -> None:
    assert failures(exercise, 100, None, server) == []


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_checks_without_training_pass_1000_of_1000(exercise: str, course: Course) -> None:
    tallies = repeated(course, [course.exercise(exercise)], 1000, quick=True)
    assert [(t.check.name, t.runs, t.failures) for t in tallies] == [
        (check.name, 1000, []) for check in course.exercise(exercise).checks if not check.tensorflow
    ]
