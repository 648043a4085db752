"""Runs checks again and again with fresh seeds: how often does a right file fail?"""

import os
import secrets
import threading
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from grader import texts
from grader.course import Check, CourseError, Exercise
from grader.engine.client import Checker
from grader.engine.grading import GradingError, Server, check_result, job
from grader.engine.precheck import Finding, precheck, read
from grader.report import CheckResult, Verdict

SERIES = 500  # runs of one check by one checker

OnResult = Callable[[int, CheckResult], None]


def repeat(
    exercise: Exercise,
    path: Path,
    times: int,
    *,
    server: Server,
    on_result: OnResult,
    checks: Collection[str] | None = None,
    seed: int | None = None,
) -> None:
    """Run each check so many times, on all cores.

    What a check needs counts as passed. A process of the submission serves many runs, except where
    the check is marked ``tensorflow``; what checks share is made anew for each run.

    Args:
        exercise: whose checks are run.
        path: the submission; one that is trusted to keep no state between calls.
        times: for each check.
        server: keeps the processes.
        on_result: called, from several threads but never at once, with the seed and the result of
            each run.
        checks: names of the checks, all without it.
        seed: of the first run; each further run's is one more. A new one without it.

    Raises:
        GradingError: the file can't be run.
        CourseError: the checks can't be run.
    """
    source = precheck(read(path), exercise.functions)
    if isinstance(source, Finding):
        raise GradingError(source.message)
    first = secrets.randbits(64) if seed is None else seed
    chosen = [c for c in exercise.checks if checks is None or c.name in checks]
    for tensorflow in {source.tensorflow, source.tensorflow or any(c.tensorflow for c in chosen)}:
        server.warm(tensorflow)
    lock, over, running = threading.Lock(), threading.Event(), set[Checker]()

    def emit(number: int, result: CheckResult) -> None:
        with lock:
            if not over.is_set():
                on_result(number, result)

    def run(check: Check, begin: int) -> None:
        seeds = [(first + n) % 2**64 for n in range(begin, min(begin + SERIES, times))]
        series = _Series(check, seeds, emit)
        work = job(exercise, path, source, series.timeouts, check.tensorflow, True)
        while series.seeds and not over.is_set():
            checker = Checker(series, 0, server, work)
            with lock:
                running.add(checker)
                if over.is_set():
                    checker.kill()
            checker.run()
            with lock:
                running.discard(checker)
            if not checker.asked and not over.is_set():
                raise CourseError(f"{exercise.checks_file} can't be run: {checker.errors}.")
            if checker.check is not None and not over.is_set():
                series.lost(checker.late)

    with ThreadPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        tasks = [pool.submit(run, c, begin) for c in chosen for begin in range(0, times, SERIES)]
        try:
            for task in tasks:
                task.result()
        finally:
            with lock:
                over.set()
                for checker in running:
                    checker.kill()
            pool.shutdown(cancel_futures=True)


class _Series:
    """What a checker asks and tells while it runs one check with one seed after the other."""

    def __init__(
        self, check: Check, seeds: Sequence[int], emit: Callable[[int, CheckResult], None]
    ) -> None:
        self.check, self.seeds, self._emit = check, deque(seeds), emit
        self.timeouts: Mapping[str, float] = {check.name: check.timeout}
        self._seed = 0

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """The check, with the next seed."""
        if not self.seeds:
            return None
        self._seed = self.seeds.popleft()
        return self.check, self._seed

    def take(self, result: dict[str, Any]) -> None:
        """Pass a result on."""
        verdict, message = Verdict(result["verdict"]), result.get("message", "")
        details, seconds = result.get("details", {}), result["seconds"]
        self._emit(self._seed, check_result(self.check, verdict, message, details, seconds))

    def lost(self, late: bool) -> None:
        """The checker ended before it had a result."""
        verdict = Verdict.TIMEOUT if late else Verdict.ERROR
        message = texts.timeout(self.check.timeout, None) if late else texts.check_crashed()
        self._emit(self._seed, check_result(self.check, verdict, message))

    def note(self, check: str | None, text: str) -> None:
        """Nobody watches."""
