"""Runs checks again and again with fresh seeds: how often does a right file fail?"""

import math
import os
import secrets
import threading
from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path

from grader.course import Check, CourseError, Exercise
from grader.engine.client import Checker
from grader.engine.pool import WORKERS, in_order
from grader.engine.precheck import Refusal, prechecked
from grader.engine.results import Series, job
from grader.engine.server import Server
from grader.errors import GradingError
from grader.i18n import _
from grader.report import CheckResult
from grader.sandbox.clock import patient
from grader.submission import read

SERIES = 500  # runs of one check by one checker, at most

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
    source = prechecked(read(path), exercise)
    if isinstance(source, Refusal):
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

    workers = min(WORKERS, os.cpu_count() or 1)
    length = min(SERIES, math.ceil(times / workers) or 1)  # one check alone uses all cores, too

    def run(check: Check, begin: int) -> None:
        seeds = [(first + n) % 2**64 for n in range(begin, min(begin + length, times))]
        series = Series(check, seeds, {check.name: patient(check.timeout)}, emit)
        work = job(exercise, path, source, series.timeouts, check.tensorflow, True)
        while series.left and not over.is_set():
            checker = Checker(series, 0, server, work, runs=len(series.left))
            with lock:
                running.add(checker)
                if over.is_set():
                    checker.kill()
            checker.run()
            with lock:
                running.discard(checker)
            if not checker.asked and not over.is_set():
                raise CourseError(
                    _("{checks_file} can't be run: {errors}.").format(
                        checks_file=exercise.checks_file, errors=checker.errors
                    )
                )
            if checker.check is not None and not over.is_set():
                series.lost(checker.late)

    jobs = [partial(run, c, begin) for c in chosen for begin in range(0, times, length)]
    try:
        for __ in in_order(jobs, workers=workers):
            pass
    finally:
        with lock:
            over.set()
            for checker in running:
                checker.kill()
