"""False alarms: solutions, graded again and again with fresh seeds, always pass."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import grader
from grader.authoring.repeat import repeated
from grader.course import Course
from grader.engine.repeating import repeat
from grader.report import CheckResult

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


@pytest.mark.slow
@pytest.mark.parametrize("exercise", EXERCISES)
def test_misconceptions_are_told_the_same_100_of_100(
    exercise: str, course: Course, server: grader.Server
) -> None:
    """Whatever is drawn, the check that a misconception names fails, and says what it names."""
    found = course.exercise(exercise)
    for misconception in found.misconceptions:
        told: list[tuple[str, str]] = []

        def take(seed: int, result: CheckResult, told: list = told) -> None:
            told.append((result.verdict, result.message))

        named = [misconception.fails]
        repeat(found, misconception.path, 100, server=server, on_result=take, checks=named)
        assert len(told) == 100
        others = [
            each
            for each in told
            if each[0] != "failed" or not all(says in each[1] for says in misconception.says)
        ]
        assert (misconception.name, others) == (misconception.name, [])
