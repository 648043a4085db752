"""Grades one submission: precheck, processes, checks, and the report."""

import os
import secrets
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypedDict, Unpack

from grader import __version__, texts
from grader.course import Check, Course, CourseError, Exercise
from grader.engine.client import Checker
from grader.engine.precheck import Refusal, precheck
from grader.engine.results import Doubt, Series, check_result, job, result_of
from grader.engine.schedule import Schedule
from grader.engine.server import Server as Server
from grader.errors import GradingError as GradingError
from grader.folder import Follow
from grader.report import (
    LOAD,
    CheckResult,
    Details,
    Event,
    Line,
    Progress,
    Protection,
    Report,
    Verdict,
)
from grader.sandbox import clock
from grader.submission import Code, Submission, digest_of, lines

OnEvent = Callable[[Event], None]


class Cancelled(Exception):
    """The grading was cancelled."""


@dataclass(frozen=True)
class Options:
    """How a submission is graded; plain data, which any process may be given.

    Attributes:
        seed: 64 bits for all that is drawn; a new one without it.
        timeout: seconds for each check, instead of the check's own.
        limit: seconds for the whole file: what has no result then is a timeout, and what has one
            keeps it.
        checks: names of the checks to run, all without it; what they need counts as passed if it
            is not among them.
        first: name of the check whose verdict is wanted first.
        records: whether a check that fails tells what it said to the submission, as its details'
            ``calls``; see ``grader.checker.record``.
    """

    seed: int | None = None
    timeout: float | None = None
    limit: float | None = None
    checks: Collection[str] | None = None
    first: str | None = None
    records: bool = False


class _Options(TypedDict, total=False):
    """``Options`` as keywords."""

    seed: int | None
    timeout: float | None
    limit: float | None
    checks: Collection[str] | None
    first: str | None
    records: bool


def grade(
    exercise: str | Exercise,
    path: Path | str | None = None,
    *,
    data: bytes | None = None,
    name: str = "submission.py",
    course: Path | str | None = None,
    server: Server | None = None,
    on_event: OnEvent | None = None,
    cancel: threading.Event | None = None,
    follow_links: Follow = False,
    **options: Unpack[_Options],
) -> Report:
    """Grade a file, or the bytes of one.

    Args:
        exercise: an id or a stem, such as ``"ex3"``.
        path: the submission.
        data: its bytes, if it is no file.
        name: what these are called in tracebacks.
        course: the course's folder; the built-in one, or the server's, without it.
        server: keeps its processes warm for the next grading.
        on_event: called, from several threads but never at once, with each ``Progress`` and
            each ``CheckResult`` as it comes.
        cancel: ends the grading when it is set; a server goes on.
        follow_links: whether links of the current user in the path are followed; in one that a
            person has ``"typed"``, only in the current folder, the home folder, and those above.
            Otherwise no part of it may be a link.
        **options: see ``Options``.

    Returns:
        What holds and what does not; or, where that could not be found out through no fault of the
        submission, a report whose ``graded`` is false.

    Raises:
        GradingError: the file can't be read.
        Cancelled: ``cancel`` was set while checks ran.
        CourseError: there is no such course or exercise.
        TypeError: neither a path nor data was given, or both.
    """
    if (path is None) == (data is None):
        raise TypeError("grade takes the path of a file, or the data of one")
    if isinstance(exercise, str):
        found = server.course if server is not None else Course.open(course)
        exercise = found.exercise(exercise)
    place = Path(name if path is None else path)
    submission = Submission(exercise.stem, place, data=data, follow_links=follow_links)
    return grade_submission(exercise, submission, Options(**options), server, on_event, cancel)


def grade_submission(
    exercise: Exercise,
    submission: Submission,
    options: Options,
    server: Server | None = None,
    on_event: OnEvent | None = None,
    cancel: threading.Event | None = None,
) -> Report:
    """Grade a submission; see ``grade``."""
    begin = clock.now()
    data = submission.read()
    code = precheck(data, exercise.functions)
    grading = _Grading(exercise, submission, digest_of(data), options, on_event)
    cancel = cancel or threading.Event()
    try:
        if isinstance(code, Refusal):
            grading.refuse(code, data)
        elif server is not None:
            grading.run(code, server, cancel)
        else:
            with Server(exercise.root) as own:
                grading.run(code, own, cancel)
    except OSError as error:
        grading.give_up(texts.refused(str(error)))
    return grading.report(clock.now() - begin)


def not_graded(
    exercise: Exercise, submission: Submission, options: Options, accident: str
) -> Report:
    """The report of a submission that could not be graded, and is not the cause."""
    grading = _Grading(exercise, submission, submission.digest, options, None)
    grading.give_up(accident)
    return grading.report(0.0)


def _wait(
    threads: Sequence[threading.Thread], cancel: threading.Event, until: float | None
) -> bool:
    """Whether all threads have ended before that time."""
    for thread in threads:
        while thread.is_alive():  # a join without timeout would not let Ctrl-C through
            if cancel.is_set():
                raise Cancelled
            if until is not None and clock.now() > until:
                return False
            thread.join(0.05)
    return True


def _waits_for_load(check: Check) -> CheckResult:
    return check_result(check, Verdict.BLOCKED, texts.blocked_by_load())


def _load(
    verdict: Verdict, message: str, details: Details | None = None, trouble: str = ""
) -> CheckResult:
    """The result that says why a file could not be loaded."""
    return CheckResult(
        LOAD, texts.LOAD_TITLE, verdict, 0, 0, message, details or Details(), trouble=trouble
    )


class _Grading:
    """What is known of one grading while it runs."""

    def __init__(
        self,
        exercise: Exercise,
        submission: Submission,
        digest: str,
        options: Options,
        on_event: OnEvent | None,
    ) -> None:
        self.exercise, self.submission = exercise, submission
        self._digest, self._options = digest, options
        self._time = datetime.now(UTC).replace(microsecond=0)
        seed = options.seed
        self.seed = secrets.randbits(64) if seed is None else seed & (2**64 - 1)
        chosen = options.checks
        self.checks = {c.name: c for c in exercise.checks if chosen is None or c.name in chosen}
        self.timeouts: Mapping[str, float] = {
            c.name: options.timeout or c.timeout for c in self.checks.values()
        }
        self._on_event = on_event or (lambda event: None)
        self._schedule = Schedule(self.checks, self._blocked, options.first)
        self._results: dict[str, CheckResult] = {}
        self._doubts: dict[str, Doubt] = {}  # checks whose result may be an accident
        self._again: set[str] = set()  # checks that are done once more
        self._missing: set[str] = set()
        self._versions: dict[str, str] = {}
        self._checkers: set[Checker] = set()
        self._over = False
        self._failure: BaseException | None = None

    def refuse(self, refusal: Refusal, data: bytes) -> None:
        """The file can't be graded: one result says why, the rest waits for it."""
        found = lines(data.decode("utf-8", errors="replace"))
        shown: list[Line] | None = None
        if refusal.line is not None and refusal.line <= len(found):
            text = found[refusal.line - 1]
            shown = [{"number": refusal.line, "text": text, "current": True}]
        self._fail_load(_load(Verdict.ERROR, refusal.message, {"lines": shown}))

    def run(self, code: Code, server: Server, cancel: threading.Event) -> None:
        """Run all checks, in as many checkers as are worth their start.

        Raises:
            Cancelled: by ``cancel``; what runs is killed, and has ended soon after.
            CourseError: the checks themselves can't be run.
            OSError: the system gives no more processes or descriptors.
        """
        until = None if self._options.limit is None else clock.now() + self._options.limit
        needs = code.tensorflow or any(c.tensorflow for c in self.checks.values())
        with suppress(OSError):  # whoever needs one tries again
            for tensorflow in {code.tensorflow, needs}:
                server.warm(tensorflow)
        workers = min(2, os.cpu_count() or 1, len(self.checks))
        threads = [
            self._thread(partial(self._work, number, code, server)) for number in range(workers)
        ]
        try:
            in_time = _wait(threads, cancel, until)
            if in_time and self._doubts and self._failure is None:
                # nothing of the submission runs any more
                threads.append(self._thread(partial(self._resolve, server)))
                in_time = _wait(threads, cancel, until)
            if not in_time:
                self._out_of_time()
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
            submission=str(self.submission.path),
            seed=self.seed,
            checks=tuple(self._results[n] for n in (LOAD, *self.checks) if n in self._results),
            protection=Protection.from_missing(self._missing),
            versions=versions,
            seconds=seconds,
            course_hash=self.exercise.hash,
            digest=self._digest,
            time=self._time,
            submitted=self.submission.submitted,
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

    def _work(self, worker: int, code: Code, server: Server) -> None:
        """Keep one checker running until no check is left."""
        needs = any(c.tensorflow for c in self.checks.values())
        path, records = self.submission.path, self._options.records
        work = job(self.exercise, path, code, self.timeouts, needs, records=records)
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
                doubt = Doubt(result, texts.check_late(limit))
            else:
                result = check_result(check, Verdict.ERROR, texts.check_crashed())
                doubt = Doubt(result, texts.killed())
            self._doubt(doubt, again=True)
        elif checker.broken:
            self._schedule.stop()
            where = self.exercise.checks_file
            self._failure = CourseError(f"{where} can't be run: {checker.errors}.")
        elif unstarted > 1:
            self.give_up(texts.not_started(checker.errors))

    def _doubt(self, doubt: Doubt, again: bool) -> None:
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

    def _resolve(self, server: Server) -> None:
        """Decide each doubt: where the course's own solution does not pass, it is an accident.

        What a submission does has no influence on that.
        """
        for name, doubt in self._doubts.items():
            self.note(name, "")
            if doubt.result.verdict is Verdict.ACCIDENT or not self._solution_passes(name, server):
                message = texts.accident(doubt.accident)
                self._keep(replace(doubt.result, verdict=Verdict.ACCIDENT, message=message))
            elif doubt.fatal:
                self._fail_load(doubt.result)
                self._keep(_waits_for_load(self.checks[name]))
            else:
                self._keep(doubt.result)
            for check in doubt.left:
                self._keep(_waits_for_load(check))

    def _solution_passes(self, name: str, server: Server) -> bool:
        """Whether the course's own solution passes a check, by the same draws."""
        check, path = self.checks[name], self.exercise.solution
        code = precheck(path.read_bytes(), self.exercise.functions)
        if isinstance(code, Refusal):
            return False
        verdicts: list[Verdict] = []
        once = Series(check, [self.seed], self.timeouts, lambda _, r: verdicts.append(r.verdict))
        work = job(self.exercise, path, code, self.timeouts, check.tensorflow)
        self._run(Checker(once, 0, server, work))
        return verdicts == [Verdict.PASSED]

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
            if self._over:
                return
            self._missing |= set(result["missing"])
            kept = result_of(self.checks[result["name"]], result)
            if result.get("doubt"):
                doubt = Doubt(kept, result["doubt"], result.get("fatal", False))
                self._doubt(doubt, result.get("again", False))
            elif result.get("fatal"):
                message = kept.message
                if kept.verdict is Verdict.ACCIDENT:
                    message = texts.accident(message)
                self._fail_load(replace(kept, message=message))
                self._finish(_waits_for_load(self.checks[kept.name]))
            else:
                self._finish(kept)

    # results

    def _finish(self, result: CheckResult) -> None:
        with self._schedule.lock:
            self._keep(result)
            self._schedule.done(result.name, result.verdict is Verdict.PASSED)

    def _out_of_time(self) -> None:
        """The time for the whole file is over."""
        with self._schedule.lock:
            message = texts.file_timeout(self._options.limit or 0)
            for check in self.checks.values():
                if check.name not in self._results:
                    self._keep(check_result(check, Verdict.TIMEOUT, message))

    def _keep(self, result: CheckResult) -> None:
        if result.verdict is Verdict.FAILED:
            name = self.exercise.recognized(result.name, result.message)
            result = replace(result, misconception=name)
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
        self._fail_load(_load(Verdict.ACCIDENT, texts.accident(accident)))

    def _fail_load(self, result: CheckResult) -> None:
        """The file itself is wrong, as a result says; only the first to say so is heard."""
        with self._schedule.lock:
            if LOAD not in self._results:
                self._keep(_load(result.verdict, result.message, result.details, result.trouble))
            for check in self._schedule.stop():
                self._finish(_waits_for_load(check))
