"""The report of a grading while it is made: each check's result as it comes."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from grader import __version__, endings
from grader.course import Check, Exercise
from grader.details import Details, Line
from grader.engine.options import Options
from grader.engine.precheck import Refusal
from grader.engine.results import Doubt, check_result
from grader.engine.schedule import Schedule
from grader.i18n import _, ngettext
from grader.report import (
    LOAD,
    Activity,
    CheckResult,
    Event,
    Protection,
    Report,
    Verdict,
)
from grader.sandbox.clock import patient
from grader.submission import Submission

LOAD_TITLE = _("The file can be loaded")  # as a check is named: what must hold

OnEvent = Callable[[Event], None]


def waits_for_load(check: Check) -> CheckResult:
    """The result of a check that was not begun, as the file could not be loaded."""
    return check_result(check, Verdict.BLOCKED, _("waits for: the file can be loaded"))


def _load(
    verdict: Verdict, message: str, details: Details | None = None, trouble: str = ""
) -> CheckResult:
    """The result that says why a file could not be loaded."""
    return CheckResult(
        LOAD, LOAD_TITLE, verdict, 0, 0, message, details or Details(), trouble=trouble
    )


class Draft:
    """The results of one grading so far; from several threads.

    Attributes:
        checks: those that are graded, by name.
        timeouts: seconds that each may take.
        seed: of all that is drawn, 64 bits.
        schedule: hands out the checks; its lock is held while anything here changes.
        missing: layers of protection that did not stand.
        notes: sentences about what is not graded.
        closed: whether nothing more is taken or shown.
    """

    def __init__(
        self,
        exercise: Exercise,
        submission: Submission,
        digest: str,
        options: Options,
        on_event: OnEvent | None,
    ) -> None:
        self.exercise, self.submission, self.options = exercise, submission, options
        self._digest, self._time = digest, datetime.now(UTC).replace(microsecond=0)
        seed = options.seed
        self.seed = secrets.randbits(64) if seed is None else seed & (2**64 - 1)
        chosen = options.checks
        self.checks = {c.name: c for c in exercise.checks if chosen is None or c.name in chosen}
        self.timeouts: Mapping[str, float] = {
            c.name: options.timeout or patient(c.timeout) for c in self.checks.values()
        }
        self.schedule = Schedule(self.checks, self._blocked, options.first)
        self.missing: set[str] = set()
        self.notes: tuple[str, ...] = ()
        self.closed = False
        self._on_event = on_event or (lambda event: None)
        self._results: dict[str, CheckResult] = {}

    def note(self, check: str | None, text: str) -> None:
        """Show how far a check is."""
        with self.schedule.lock:
            self._emit(Activity(check, text))

    def keep(self, result: CheckResult) -> None:
        """A result, which replaces an earlier one of the same check."""
        if result.verdict is Verdict.FAILED:
            name = self.exercise.recognized(result.name, result.message)
            result = replace(result, misconception=name)
        with self.schedule.lock:
            self._results[result.name] = result
            self._emit(result)

    def finish(self, result: CheckResult) -> None:
        """The result of a check that is done; what needs it is handed out, or given up."""
        with self.schedule.lock:
            self.keep(result)
            self.schedule.done(result.name, result.verdict is Verdict.PASSED)

    def fail_load(self, result: CheckResult) -> None:
        """The file itself is wrong, as a result says; only the first to say so is heard."""
        with self.schedule.lock:
            if LOAD not in self._results:
                self.keep(_load(result.verdict, result.message, result.details, result.trouble))
            for check in self.schedule.stop():
                self.finish(waits_for_load(check))

    def decide(self, doubt: Doubt, accident: bool) -> None:
        """Keep what a doubt has come to, and the checks that were left undone for it."""
        result = doubt.result
        if accident:
            message = endings.accident(doubt.accident)
            self.keep(replace(result, verdict=Verdict.ACCIDENT, message=message))
        elif doubt.fatal:
            self.fail_load(result)
            self.keep(waits_for_load(self.checks[result.name]))
        else:
            self.keep(result)
        for check in doubt.left:
            self.keep(waits_for_load(check))

    def refuse(self, refusal: Refusal) -> None:
        """The file can't be graded: one result says why, the rest waits for it."""
        shown = cast(list[Line] | None, refusal.shown)
        self.fail_load(_load(Verdict.ERROR, refusal.message, {"lines": shown}))

    def give_up(self, accident: str) -> None:
        """Nothing can be graded, and the submission is not the cause."""
        self.fail_load(_load(Verdict.ACCIDENT, endings.accident(accident)))

    def out_of_time(self) -> None:
        """The time for the whole file is over: what has no result gets none."""
        with self.schedule.lock:
            message = _(
                "The time limit for the whole file, {seconds:g} s, ran out "
                "before this check had ended."
            ).format(seconds=self.options.limit or 0)
            for check in self.checks.values():
                if check.name not in self._results:
                    self.keep(check_result(check, Verdict.TIMEOUT, message))

    def report(self, seconds: float, found: Mapping[str, str]) -> Report:
        """The record of what happened, with the versions that a server has found."""
        versions: dict[str, str | None] = {"grader": __version__}
        for name in ("python", "numpy", "tensorflow", "keras"):
            versions[name] = found.get(name)
        return Report(
            exercise=self.exercise.stem,
            title=self.exercise.title,
            submission=str(self.submission.path),
            seed=self.seed,
            checks=tuple(self._results[n] for n in (LOAD, *self.checks) if n in self._results),
            protection=Protection.from_missing(self.missing),
            versions=versions,
            seconds=seconds,
            course_hash=self.exercise.hash,
            digest=self._digest,
            time=self._time,
            submitted=self.submission.submitted,
            notes=self.notes,
        )

    def _blocked(self, check: Check, needs: list[Check]) -> None:
        message = _blocked([need.title for need in needs])
        self.keep(check_result(check, Verdict.BLOCKED, message))

    def _emit(self, event: Event) -> None:
        if not self.closed:
            self._on_event(event)


def _blocked(titles: list[str]) -> str:
    if titles[1:]:
        more = len(titles) - 1
        template = ngettext(
            "waits for: {title}, and {count} more", "waits for: {title}, and {count} more", more
        )
        return template.format(title=titles[0], count=more)
    return _("waits for: {title}").format(title=titles[0])
