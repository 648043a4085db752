"""False alarms: how often does a check fail a solution that is right?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from grader.course import Check, Course, Exercise
from grader.engine.grading import grade
from grader.engine.pool import OnStep, in_order, unwatched
from grader.engine.repeat import repeat
from grader.engine.server import Server
from grader.report import LOAD, CheckResult, Verdict

CONFIDENCE = 0.95


@dataclass
class Tally:
    """What became of the runs of one check.

    Attributes:
        exercise: whose solution was graded.
        check: the check.
        runs: how many there were.
        failures: the seed and the result of each run that did not pass.
    """

    exercise: Exercise
    check: Check
    runs: int = 0
    failures: list[tuple[int, CheckResult]] = field(default_factory=list)

    @property
    def bound(self) -> float:
        """What the failure rate stays below, with 95% confidence."""
        return upper_bound(len(self.failures), self.runs)

    def count(self, seed: int, result: CheckResult) -> None:
        """Take a run."""
        self.runs += 1
        if result.verdict is not Verdict.PASSED:
            self.failures.append((seed, result))


def repeated(
    course: Course,
    exercises: Sequence[Exercise],
    times: int,
    *,
    quick: bool = False,
    on_step: OnStep = unwatched,
) -> list[Tally]:
    """Run each check of solutions so many times, each time with a fresh seed.

    Args:
        course: the course.
        exercises: whose solutions are graded.
        times: how often each check is run.
        quick: whether to leave out the checks that train.
        on_step: told, from any thread, how many runs are done, and of how many.

    Raises:
        CourseError, GradingError: something can't be graded.
    """
    tallies = {
        (exercise.stem, check.name): Tally(exercise, check)
        for exercise in exercises
        for check in exercise.checks
        if not (quick and check.tensorflow)
    }

    def count(exercise: Exercise, seed: int, result: CheckResult) -> None:
        tallies[exercise.stem, result.name].count(seed, result)
        on_step(sum(tally.runs for tally in tallies.values()), len(tallies) * times)

    with Server(course.root) as server:
        for exercise in exercises:
            names: dict[bool, list[str]] = {False: [], True: []}
            for check in exercise.checks:
                names[check.tensorflow].append(check.name)
            if names[False]:
                repeat(
                    exercise,
                    exercise.solution,
                    times,
                    server=server,
                    checks=names[False],
                    on_result=partial(count, exercise),
                )
            if names[True] and not quick:
                run = partial(grade, exercise, exercise.solution, checks=names[True], server=server)
                for report in in_order([run] * times):
                    loaded = report.checks[0].name != LOAD
                    for result in report.checks[not loaded :]:
                        if loaded and result.verdict is Verdict.BLOCKED:
                            continue  # it was not run
                        count(exercise, report.seed, result)
    return list(tallies.values())


def upper_bound(failures: int, runs: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided upper bound of a rate, after Clopper and Pearson.

    It is the rate at which so few failures in so many runs would come with probability
    1 - confidence only.
    """
    if failures >= runs:
        return 1.0
    low, high = failures / runs, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(failures, runs, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(failures: int, runs: int, rate: float) -> float:
    """The probability of so many failures or fewer, each run failing at this rate."""
    if not 0 < rate < 1:
        return 1.0 - rate
    return math.fsum(
        math.exp(
            math.lgamma(runs + 1) - math.lgamma(k + 1) - math.lgamma(runs - k + 1)
            + k * math.log(rate) + (runs - k) * math.log1p(-rate)
        )
        for k in range(failures + 1)
    )  # fmt: skip
