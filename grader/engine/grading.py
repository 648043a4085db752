"""Grades one submission: precheck, processes, checks, and the report."""

import os
import secrets
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from grader import __version__, texts
from grader.checker.job import Job
from grader.course import Check, Course, CourseError, Exercise, whole
from grader.engine.client import CHECKER, Checker
from grader.engine.precheck import Finding, Source, lines, precheck, read
from grader.engine.schedule import Schedule
from grader.errors import GraderError
from grader.report import LOAD, CheckResult, Event, Progress, Protection, Report, Verdict
from grader.sandbox import clock
from grader.sandbox import server as servers


class GradingError(GraderError):
    """There is nothing to grade, or nothing to grade it with; the text says what to do."""


class Cancelled(Exception):
    """The grading was cancelled."""


class Server(servers.Server):
    """Warm processes for a course, shared by any number of gradings::

        with Server() as server:
            for path in paths:
                report = grade("ex3", path, server=server)

    Args:
        course: the course's folder; the built-in one without it.
        without: layers of protection to leave out; for tests, the report names them.
        forks: whether to fork warm interpreters, or to start each process anew.
    """

    def __init__(
        self,
        course: Path | str | None = None,
        *,
        without: frozenset[str] = frozenset(),
        forks: bool = servers.FORKS,
    ) -> None:
        self.course = Course.open(course)
        super().__init__(self.course.hidden, without, forks, CHECKER)


def grade(
    exercise: str | Exercise,
    path: Path | str,
    *,
    course: Path | str | None = None,
    seed: int | None = None,
    timeout: float | None = None,
    checks: Collection[str] | None = None,
    first: str | None = None,
    server: Server | None = None,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
    records: bool = False,
    follow_links: bool = False,
) -> Report:
    """Grade a file.

    Args:
        exercise: an id or a stem, such as ``"ex3"``.
        path: the submission.
        course: the course's folder; the built-in one, or the server's, without it.
        seed: 64 bits for all that is drawn; a new one without it.
        timeout: seconds for each check, instead of the check's own.
        checks: names of the checks to run, all without it; what they need counts as passed if it
            is not among them.
        first: name of the check whose verdict is wanted first.
        server: keeps its processes warm for the next grading.
        on_event: called, from several threads but never at once, with each ``Progress`` and
            each ``CheckResult`` as it comes.
        cancel: ends the grading when it is set; a server goes on.
        records: whether a check that fails tells what it said to the submission, as its details'
            ``calls``; see ``grader.checker.record``.
        follow_links: whether links of the current user in the path are followed, as in one that
            this user has typed; otherwise no part of it may be a link.

    Returns:
        What holds and what does not; or, where that could not be found out through no fault of the
        submission, a report whose ``graded`` is false.

    Raises:
        GradingError: the file can't be read.
        Cancelled: ``cancel`` was set while checks ran.
        CourseError: there is no such course or exercise.
    """
    begin = clock.now()
    if isinstance(exercise, str):
        found = server.course if server is not None else Course.open(course)
        exercise = found.exercise(exercise)
    path = Path(path)
    try:
        data = read(path, follow_links)
    except OSError as error:
        raise GradingError(
            f"{path} can't be read: {error.strerror}. Give the path of a Python file itself."
        ) from error
    seed = secrets.randbits(64) if seed is None else seed & (2**64 - 1)
    source = precheck(data, exercise.functions)
    chosen = tuple(c for c in exercise.checks if checks is None or c.name in checks)
    grading = _Grading(exercise, chosen, path, seed, timeout, first, on_event, records)
    cancel = cancel or threading.Event()
    try:
        if isinstance(source, Finding):
            grading.refuse(source, data)
        elif server is not None:
            grading.run(source, server, cancel)
        else:
            with Server(exercise.root) as own:
                grading.run(source, own, cancel)
    except OSError as error:
        grading.give_up(texts.refused(str(error)))
    return grading.report(clock.now() - begin)


def job(
    exercise: Exercise,
    path: Path,
    source: Source,
    timeouts: Mapping[str, float],
    tensorflow_checks: bool,
    repeats: bool = False,
    records: bool = False,
) -> Job:
    """What a checker is to do."""
    return Job(
        root=str(exercise.root),
        checks=str(exercise.checks_file),
        source=source.text,
        filename=path.name,
        module=exercise.stem,
        tensorflow=source.tensorflow,
        tensorflow_checks=tensorflow_checks,
        timeouts=dict(timeouts),
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
        details=details,
        hint=check.hints[0] if check.hints else None,
        concept=check.concept,
        seconds=seconds,
        bonus=check.bonus,
    )


@dataclass
class _Doubt:
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


class _Trial:
    """Has one check run once."""

    def __init__(self, check: Check, seed: int, timeouts: Mapping[str, float]) -> None:
        self.check, self.timeouts = check, timeouts
        self._seed, self._begun, self.passed = seed, False, False

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """The check, and then none."""
        if self._begun:
            return None
        self._begun = True
        return self.check, self._seed

    def take(self, result: dict[str, Any]) -> None:
        """Remember whether it passed."""
        self.passed = result["verdict"] == Verdict.PASSED

    def note(self, check: str | None, text: str) -> None:
        """Nobody watches."""


def _wait(threads: Sequence[threading.Thread], cancel: threading.Event) -> None:
    for thread in threads:
        while thread.is_alive():  # a join without timeout would not let Ctrl-C through
            if cancel.is_set():
                raise Cancelled
            thread.join(0.05)


class _Grading:
    """What is known of one grading while it runs."""

    def __init__(
        self,
        exercise: Exercise,
        checks: tuple[Check, ...],
        path: Path,
        seed: int,
        timeout: float | None,
        first: str | None,
        on_event: Callable[[Event], None] | None,
        records: bool,
    ) -> None:
        self.exercise, self.path, self.seed = exercise, path, seed
        self.checks = {c.name: c for c in checks}
        self.timeouts: Mapping[str, float] = {c.name: timeout or c.timeout for c in checks}
        self._on_event = on_event or (lambda event: None)
        self._records = records
        self._schedule = Schedule(self.checks, self._blocked, first)
        self._results: dict[str, CheckResult] = {}
        self._doubts: dict[str, _Doubt] = {}  # checks whose result may be an accident
        self._again: set[str] = set()  # checks that are done once more
        self._missing: set[str] = set()
        self._versions: dict[str, str] = {}
        self._checkers: set[Checker] = set()
        self._over = False
        self._failure: BaseException | None = None

    def refuse(self, finding: Finding, data: bytes) -> None:
        """The file can't be graded: one result says why, the rest waits for it."""
        found = lines(data.decode("utf-8", errors="replace"))
        shown = None
        if finding.line is not None and finding.line <= len(found):
            text = found[finding.line - 1]
            shown = [{"number": finding.line, "text": text, "current": True}]
        self._fail_load(Verdict.ERROR, finding.message, {"lines": shown})

    def run(self, source: Source, server: servers.Server, cancel: threading.Event) -> None:
        """Run all checks, in as many checkers as are worth their start.

        Raises:
            Cancelled: by ``cancel``; what runs is killed, and has ended soon after.
            CourseError: the checks themselves can't be run.
            OSError: the system gives no more processes or descriptors.
        """
        needs = source.tensorflow or any(c.tensorflow for c in self.checks.values())
        with suppress(OSError):  # whoever needs one tries again
            for tensorflow in {source.tensorflow, needs}:
                server.warm(tensorflow)
        workers = min(2, os.cpu_count() or 1, len(self.checks))
        threads = [
            self._thread(partial(self._work, number, source, server)) for number in range(workers)
        ]
        try:
            _wait(threads, cancel)
            if self._doubts and self._failure is None:  # nothing of the submission runs any more
                threads.append(self._thread(partial(self._resolve, server)))
                _wait(threads, cancel)
        finally:
            with self._schedule.lock:
                self._over = True
                self._schedule.stop()
                for checker in self._checkers:
                    checker.kill()
            for thread in threads:  # one may wait for TensorFlow; the server's end frees it
                thread.join(timeout=0 if cancel.is_set() else 0.5)
            self._versions = server.versions()
        if self._failure is not None:
            raise self._failure

    def report(self, seconds: float) -> Report:
        """The record of what happened."""
        versions: dict[str, str | None] = {"grader": __version__}
        for name in ("python", "numpy", "tensorflow", "keras"):
            versions[name] = self._versions.get(name)
        return Report(
            exercise=self.exercise.stem,
            title=self.exercise.title,
            submission=str(self.path),
            seed=self.seed,
            checks=tuple(self._results[n] for n in (LOAD, *self.checks) if n in self._results),
            protection=Protection.from_missing(self._missing),
            versions=versions,
            seconds=seconds,
            course_hash=self.exercise.hash,
        )

    # checkers

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                work()
            except BaseException as error:  # also SystemExit, which a screen may raise
                with self._schedule.lock:
                    self._failure = error
                    self._schedule.stop()

        thread = threading.Thread(target=guarded, daemon=True)
        thread.start()
        return thread

    def _work(self, worker: int, source: Source, server: servers.Server) -> None:
        """Keep one checker running until no check is left."""
        needs = any(c.tensorflow for c in self.checks.values())
        work = job(self.exercise, self.path, source, self.timeouts, needs, records=self._records)
        unstarted = 0
        while self._schedule.open:
            checker = Checker(self, worker, server, work)
            self._run(checker)
            with self._schedule.lock:
                unstarted += not checker.asked
                if not self._over:
                    self._after(checker, unstarted)

    def _run(self, checker: Checker) -> None:
        with self._schedule.lock:
            self._checkers.add(checker)
            if self._over:
                checker.kill()
        checker.run()
        with self._schedule.lock:
            self._checkers.discard(checker)

    def _after(self, checker: Checker, unstarted: int) -> None:
        """A checker has ended; it may have left a check without a result."""
        if checker.check is not None:
            check = self.checks[checker.check]
            limit = self.timeouts[check.name]
            if checker.late:
                result = check_result(check, Verdict.TIMEOUT, texts.timeout(limit, None))
                doubt = _Doubt(result, texts.check_late(limit))
            else:
                result = check_result(check, Verdict.ERROR, texts.check_crashed())
                doubt = _Doubt(result, texts.killed())
            self._doubt(doubt, again=True)
        elif checker.broken:
            self._schedule.stop()
            where = self.exercise.checks_file
            self._failure = CourseError(f"{where} can't be run: {checker.errors}.")
        elif unstarted > 1:
            self.give_up(texts.not_started(checker.errors))

    def _doubt(self, doubt: "_Doubt", again: bool) -> None:
        """A check has a result of which the submission may not be the cause.

        It is done once more if it may come out otherwise. If not, or if it comes to the same, what
        the result is worth is found out at the end.
        """
        name = doubt.result.name
        if again and name not in self._again and self._schedule.again(self.checks[name]):
            self._again.add(name)
            return
        self._doubts[name] = doubt
        if doubt.fatal:
            doubt.left = tuple(self._schedule.stop())
        self._schedule.done(name, passed=False)

    def _resolve(self, server: servers.Server) -> None:
        """Decide each doubt: where the course's own solution does not pass, it is an accident.

        What a submission does has no influence on that.
        """
        for name, doubt in self._doubts.items():
            self.note(name, "")
            if doubt.result.verdict is Verdict.ACCIDENT or not self._solution_passes(name, server):
                message = texts.accident(doubt.accident)
                self._keep(replace(doubt.result, verdict=Verdict.ACCIDENT, message=message))
            elif doubt.fatal:
                self._fail_load(doubt.result.verdict, doubt.result.message, doubt.result.details)
                self._keep(
                    check_result(self.checks[name], Verdict.BLOCKED, texts.blocked_by_load())
                )
            else:
                self._keep(doubt.result)
            for check in doubt.left:
                self._keep(check_result(check, Verdict.BLOCKED, texts.blocked_by_load()))

    def _solution_passes(self, name: str, server: servers.Server) -> bool:
        """Whether the course's own solution passes a check, by the same draws."""
        trial = _Trial(self.checks[name], self.seed, self.timeouts)
        data = self.exercise.solution.read_bytes()
        source = precheck(data, self.exercise.functions)
        if isinstance(source, Finding):
            return False
        needs = trial.check.tensorflow
        work = job(self.exercise, self.exercise.solution, source, self.timeouts, needs)
        self._run(Checker(trial, 0, server, work))
        return trial.passed

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """See ``Schedule.next``."""
        check = self._schedule.next(worker, shared, loaded)
        if check is None:
            return None
        self.note(check.name, "")
        return check, self.seed

    def note(self, check: str | None, text: str) -> None:
        """Tell how far a check is."""
        with self._schedule.lock:
            self._emit(Progress(check, text))

    def take(self, result: dict[str, Any]) -> None:
        """Keep a checker's result."""
        with self._schedule.lock:
            self._missing |= set(result["missing"])
            verdict, message = Verdict(result["verdict"]), result.get("message", "")
            details = result.get("details", {})
            if result.get("doubt"):
                check, seconds = self.checks[result["name"]], result["seconds"]
                kept = check_result(check, verdict, message, details, seconds)
                doubt = _Doubt(kept, result["doubt"], result.get("fatal", False))
                self._doubt(doubt, result.get("again", False))
            elif result.get("fatal"):
                if verdict is Verdict.ACCIDENT:
                    message = texts.accident(message)
                self._fail_load(verdict, message, details)
                self._finish(result["name"], Verdict.BLOCKED, texts.blocked_by_load())
            else:
                self._finish(result["name"], verdict, message, details, result["seconds"])

    # results

    def _finish(
        self,
        name: str,
        verdict: Verdict,
        message: str = "",
        details: dict[str, Any] | None = None,
        seconds: float = 0.0,
    ) -> None:
        with self._schedule.lock:
            self._keep(check_result(self.checks[name], verdict, message, details, seconds))
            self._schedule.done(name, verdict is Verdict.PASSED)

    def _keep(self, result: CheckResult) -> None:
        with self._schedule.lock:
            self._results[result.name] = result
            self._emit(result)

    def _emit(self, event: Event) -> None:
        if not self._over:
            self._on_event(event)

    def _blocked(self, check: Check, needs: list[Check]) -> None:
        message = texts.blocked([need.title for need in needs])
        self._keep(check_result(check, Verdict.BLOCKED, message))

    def give_up(self, accident: str) -> None:
        """Nothing can be graded, and the submission is not the cause."""
        self._fail_load(Verdict.ACCIDENT, texts.accident(accident), {})

    def _fail_load(self, verdict: Verdict, message: str, details: dict[str, Any]) -> None:
        """The file itself is wrong; only the first to say so is heard."""
        with self._schedule.lock:
            if LOAD not in self._results:
                result = CheckResult(LOAD, texts.LOAD_TITLE, verdict, 0, 0, message, details)
                self._results[LOAD] = result
                self._emit(result)
            for check in self._schedule.stop():
                self._finish(check.name, Verdict.BLOCKED, texts.blocked_by_load())
