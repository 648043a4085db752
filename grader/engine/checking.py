"""Runs the checks of one submission: checkers, doubts about their results, and the end."""

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from grader import endings
from grader.course import Check, CourseError
from grader.engine.client import Checker
from grader.engine.draft import Draft, waits_for_load
from grader.engine.precheck import Refusal, precheck
from grader.engine.results import Doubt, Series, check_result, job, result_of
from grader.engine.server import Server
from grader.i18n import _
from grader.report import Verdict
from grader.sandbox import clock
from grader.submission import Code


class Cancelled(Exception):
    """The grading was cancelled."""


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


class Checking:
    """The checkers of one grading, and what they find.

    Attributes:
        versions: of Python and its packages, once it has run.
    """

    def __init__(self, draft: Draft) -> None:
        self.draft, self._schedule = draft, draft.schedule
        self.timeouts = draft.timeouts
        self.versions: Mapping[str, str] = {}
        self._doubts: dict[str, Doubt] = {}  # checks whose result may be an accident
        self._again: set[str] = set()  # checks that are done once more
        self._checkers: set[Checker] = set()
        self._failure: BaseException | None = None

    def run(self, code: Code, server: Server, cancel: threading.Event) -> None:
        """Run all checks, in as many checkers as are worth their start.

        Raises:
            Cancelled: by ``cancel``; what runs is killed, and has ended soon after.
            CourseError: the checks themselves can't be run.
        """
        self.draft.notes = code.notes
        until = None if self.draft.options.limit is None else clock.now() + self.draft.options.limit
        needs = code.tensorflow or any(c.tensorflow for c in self.draft.checks.values())
        for tensorflow in {code.tensorflow, needs}:
            server.warm(tensorflow)
        most = self.draft.options.checkers
        workers = min(most, os.cpu_count() or 1, len(self.draft.checks))
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
                self.draft.out_of_time()
        finally:
            with self._schedule.lock:
                self.draft.closed = True
                self._schedule.stop()
                for checker in self._checkers:
                    checker.kill()
            for thread in threads:  # one may wait for TensorFlow; the server's end frees it
                thread.join(timeout=0 if cancel.is_set() else 0.5)
            self.versions = server.versions()
        if self._failure is not None:
            raise self._failure

    # checkers

    def _thread(self, work: Callable[[], None]) -> threading.Thread:
        def guarded() -> None:
            try:
                work()
            except BaseException as error:  # also SystemExit, which a screen may raise
                with self._schedule.lock:
                    self._failure = error
                    self._schedule.stop()

        return clock.thread(guarded)

    def _work(self, worker: int, code: Code, server: Server) -> None:
        """Keep one checker running until no check is left."""
        needs = any(c.tensorflow for c in self.draft.checks.values())
        path, records = self.draft.submission.path, self.draft.options.records
        work = job(self.draft.exercise, path, code, self.timeouts, needs, records=records)
        unstarted = 0
        while self._schedule.open:
            checker = Checker(self, worker, server, work)
            self._run(checker)
            with self._schedule.lock:
                unstarted += not checker.asked or checker.unbegun
                if not self.draft.closed:
                    self.ended(checker, unstarted)

    def _run(self, checker: Checker) -> None:
        with self._schedule.lock:
            self._checkers.add(checker)
            if self.draft.closed:
                checker.kill()
        checker.run()
        with self._schedule.lock:
            self._checkers.discard(checker)

    def ended(self, checker: Checker, unstarted: int) -> None:
        """A checker has ended; it may have left a check without a result."""
        if checker.check is not None:
            check = self.draft.checks[checker.check]
            if checker.unbegun and unstarted <= 1 and self._schedule.again(check):
                return
            limit = self.timeouts[check.name]
            if checker.late:
                result = check_result(check, Verdict.TIMEOUT, endings.timeout(limit, None))
                doubt = Doubt(result, endings.check_late(limit))
            else:
                result = check_result(check, Verdict.ERROR, endings.check_crashed())
                doubt = Doubt(result, endings.killed())
            self._doubt(doubt, again=True)
        elif checker.broken:
            self._schedule.stop()
            where = self.draft.exercise.checks_file
            self._failure = CourseError(
                _("{where} can't be run: {errors}.").format(where=where, errors=checker.errors)
            )
        elif unstarted > 1:
            self.draft.give_up(endings.not_started(checker.errors))

    def _doubt(self, doubt: Doubt, again: bool) -> None:
        """A check has a result of which the submission may not be the cause.

        It is done once more if it may come out otherwise. If not, or if it comes to the same, what
        the result is worth is found out at the end.
        """
        name = doubt.result.name
        if again and name not in self._again and self._schedule.again(self.draft.checks[name]):
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
            self.draft.note(name, "")
            accident = doubt.result.verdict is Verdict.ACCIDENT
            accident = accident or not self._solution_passes(name, server)
            with self._schedule.lock:
                if self.draft.closed:  # the solution did not get to its end: that says nothing
                    return
                self.draft.decide(doubt, accident)

    def _solution_passes(self, name: str, server: Server) -> bool:
        """Whether the course's own solution passes a check, by the same draws."""
        check, path = self.draft.checks[name], self.draft.exercise.solution
        code = precheck(path.read_bytes(), self.draft.exercise.functions)
        if isinstance(code, Refusal):
            return False
        verdicts: list[Verdict] = []
        once = Series(
            check, [self.draft.seed], self.timeouts, lambda _, r: verdicts.append(r.verdict)
        )
        work = job(self.draft.exercise, path, code, self.timeouts, check.tensorflow)
        self._run(Checker(once, 0, server, work))
        return verdicts == [Verdict.PASSED]

    def next(
        self, worker: int, shared: Mapping[str, Sequence[str]], loaded: bool
    ) -> tuple[Check, int] | None:
        """See ``Schedule.next``."""
        check = self._schedule.next(worker, shared, loaded)
        if check is None:
            return None
        self.draft.note(check.name, "")
        return check, self.draft.seed

    def note(self, check: str | None, text: str) -> None:
        """See ``Draft.note``."""
        self.draft.note(check, text)

    def take(self, result: dict[str, Any]) -> None:
        """Keep a checker's result."""
        with self._schedule.lock:
            if self.draft.closed:
                return
            self.draft.missing |= set(result["missing"])
            kept = result_of(self.draft.checks[result["name"]], result)
            if result.get("doubt"):
                doubt = Doubt(kept, result["doubt"], result.get("fatal", False))
                self._doubt(doubt, result.get("again", False))
            elif result.get("fatal"):
                message = kept.message
                if kept.verdict is Verdict.ACCIDENT:
                    message = endings.accident(message)
                self.draft.fail_load(replace(kept, message=message))
                self.draft.finish(waits_for_load(self.draft.checks[kept.name]))
            else:
                self.draft.finish(kept)
