"""False alarms: solutions, graded again and again with fresh seeds, always pass."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import grader
from grader.course import Course

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
def test_checks_without_training_pass_1000_of_1000(exercise: str, server: grader.Server) -> None:
    quick = [c.name for c in Course.open().exercise(exercise).checks if not c.tensorflow]
    assert failures(exercise, 1000, quick, server) == []
