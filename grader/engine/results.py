"""What a checker is asked, and what its answers become."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from grader import endings
from grader.checker.job import Job
from grader.course import Check, Exercise, whole
from grader.details import Details
from grader.report import CheckResult, Verdict
from grader.submission import Code


def job(
    exercise: Exercise,
    path: Path,
    code: Code,
    timeouts: Mapping[str, float],
    tensorflow_checks: bool,
    repeats: bool = False,
    records: bool = False,
) -> Job:
    """What a checker is to do."""
    return Job(
        root=str(exercise.root),
        checks=str(exercise.checks_file),
        source=code.text,
        filename=path.name,
        module=exercise.stem,
        tensorflow=code.tensorflow,
        tensorflow_checks=tensorflow_checks,
        timeouts=dict(timeouts),
        cells=code.cells,
        repeats=repeats,
        records=records,
    )


def check_result(
    check: Check,
    verdict: Verdict,
    message: str = "",
    details: dict[str, Any] | None = None,
    seconds: float = 0.0,
) -> CheckResult:
    """A check's result, with what its source says of it."""
    details = dict(details or {})
    trouble = details.pop("trouble", "")  # of the check's author
    hint = details.pop("hint", None)  # about the mistake that was recognized
    passed = verdict is Verdict.PASSED
    holds = details.pop("parts", {})  # of each part that was reached
    if check.parts:
        details["parts"] = [
            {"title": title, "points": points if holds.get(title) else 0, "max_points": points,
             "reached": title in holds}
            for title, points in check.parts
        ]  # fmt: skip
    if check.source is not None and not passed:
        details["source"] = check.source
    earned = sum(part["points"] for part in details["parts"]) if check.parts else 0
    return CheckResult(
        name=check.name,
        title=check.title,
        verdict=verdict,
        points=check.points if passed else whole(earned),
        max_points=check.points,
        message=message,
        details=cast(Details, details),
        hint=hint or (check.hints[0] if check.hints else None),
        concept=check.concept,
        seconds=seconds,
        bonus=check.bonus,
        craft=check.craft,
        trouble=trouble,
    )


def result_of(check: Check, told: Mapping[str, Any]) -> CheckResult:
    """The result that a checker has told of."""
    return check_result(
        check,
        Verdict(told["verdict"]),
        told.get("message", ""),
        told.get("details"),
        told["seconds"],
    )


@dataclass
class Doubt:
    """A result that holds only if the check passes for the course's own solution.

    Attributes:
        result: the result.
        accident: what has happened if it does not.
        fatal: whether the result says that the file can't be loaded.
        left: checks that have not been begun, as the file can't be loaded.
    """

    result: CheckResult
    accident: str
    fatal: bool = False
    left: tuple[Check, ...] = ()


class Series:
    """What a checker asks and says while it runs one check, with one seed after the other.

    Args:
        check: the check.
        seeds: of its runs.
        timeouts: seconds that checks may take, by name.
        on_result: called with the seed of each run and its result.

    Attributes:
        left: the seeds of the runs that have not begun.
    """

    def __init__(
        self,
        check: Check,
        seeds: Sequence[int],
        timeouts: Mapping[str, float],
        on_result: Callable[[int, CheckResult], None],
    ) -> None:
        self.check, self.left, self.timeouts = check, deque(seeds), timeouts
        self._on_result = on_result
        self._seed = 0

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """The check with the next seed, and none after the last."""
        if not self.left:
            return None
        self._seed = self.left.popleft()
        return self.check, self._seed

    def take(self, result: dict[str, Any]) -> None:
        """A run has ended."""
        self._on_result(self._seed, result_of(self.check, result))

    def lost(self, late: bool) -> None:
        """The checker ended before the run had a result."""
        verdict = Verdict.TIMEOUT if late else Verdict.ERROR
        limit = self.timeouts[self.check.name]
        message = endings.timeout(limit, None) if late else endings.check_crashed()
        self._on_result(self._seed, check_result(self.check, verdict, message))

    def note(self, check: str | None, text: str) -> None:
        """Nobody watches."""
