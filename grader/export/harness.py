"""Grades one submission where a service has put it, and keeps the service's files valid.

The files that the service reads are written before anything runs and whenever a check has ended, so
that a result is there whatever happens to this process; an archive of ``grade export`` starts it::

    python -I -m grader.export.harness gradescope ex3_flatten --course DIR --limit 540
"""

import argparse
import secrets
import signal
import stat
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import NoReturn

from grader import __version__, container, folder
from grader.course import Course, Exercise
from grader.engine import draft
from grader.engine.results import check_result
from grader.errors import GraderError
from grader.export.classroom50 import Classroom50
from grader.export.github import GitHub
from grader.export.gradescope import Gradescope
from grader.export.handed_in import find
from grader.export.interface import Interim, Service
from grader.export.prairielearn import PrairieLearn
from grader.i18n import _
from grader.report import LOAD, CheckResult, Event, Protection, Report, Verdict

SERVICES: dict[str, Callable[[], Service]] = {
    "classroom50": Classroom50,
    "github": GitHub,
    "gradescope": Gradescope,
    "prairielearn": PrairieLearn,
}
MEMORY = 1 << 30  # bytes; with less, what was killed was most likely killed for want of memory
SLOW = 3  # times as long as usual may a check take where there is less than one core

UNFINISHED = _(
    "Grading has not come to its end. If this stays so, it was stopped from outside, "
    "and this is not your mistake: submit again, and tell your instructor if it "
    "happens again."
)
STOPPED = _(
    "Grading was stopped from outside before all checks had run. This is not your "
    "mistake: submit again, and tell your instructor if it happens again."
)
LITTLE = _(
    "This autograder has only {there} MB of memory. That is the likely reason why a "
    "check was not graded, and no mistake of yours. Ask your instructor to give the "
    "autograder more memory."
)
NOT_RUN = _("This check has not run.")


class Terminated(BaseException):
    """The service wants this process to end."""


def main(words: list[str] | None = None) -> int:
    """Grade the submission; returns the exit code."""
    parser = argparse.ArgumentParser(prog="grader.export.harness")
    parser.add_argument("service", choices=sorted(SERVICES))
    parser.add_argument("exercise")
    parser.add_argument("--course", type=Path)
    parser.add_argument("--limit", type=float, help=_("seconds for the whole submission"))
    chosen = parser.parse_args(words)
    try:
        exercise = Course.open(chosen.course).exercise(chosen.exercise)
        return run(SERVICES[chosen.service](), exercise, chosen.limit)
    except GraderError as error:
        print(error, file=sys.stderr)
        return 2


def run(service: Service, exercise: Exercise, limit: float | None = None) -> int:
    """Grade what a service has handed over, and write what it reads.

    Args:
        service: where it runs.
        exercise: what is graded.
        limit: seconds for the whole submission.

    Returns:
        the exit code.
    """
    writer = Writer(service, exercise, container.memory())
    writer.write(UNFINISHED)
    found = find(service.folder, exercise)
    if isinstance(found, str):
        writer.refuse(found)
    else:
        signal.signal(signal.SIGTERM, _terminate)
        try:
            _grade(writer, exercise, found, limit)
        except Terminated:
            writer.write(STOPPED)
            return 1
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the rest takes no time
    writer.write()
    return service.exit_code(writer.report)


def _grade(writer: "Writer", exercise: Exercise, path: Path, limit: float | None) -> None:
    from grader.engine.grading import grade
    from grader.engine.server import Server
    from grader.errors import GradingError

    with Server(exercise.root) as server:
        try:
            writer.report = grade(
                exercise,
                path,
                server=server,
                limit=limit,
                timeout=_timeout(exercise),
                on_event=writer.take,
            )
        except GradingError as error:
            writer.refuse(str(error))
        except Terminated:
            writer.write(STOPPED)  # before processes are ended, which takes time
            raise


def _terminate(number: int, frame: FrameType | None) -> NoReturn:
    raise Terminated


def _timeout(exercise: Exercise) -> float | None:
    """Seconds for each check where a check's own would be too few."""
    cores = container.cores()
    if cores is None or cores >= 1:
        return None
    return SLOW * max(check.timeout for check in exercise.checks)


class Writer:
    """Writes what is known of a grading to where the service reads it.

    Args:
        service: reads it.
        exercise: what is graded.
        memory: bytes that this machine has for it, if that is known.

    Attributes:
        report: what is known.
    """

    def __init__(self, service: Service, exercise: Exercise, memory: int | None = None) -> None:
        self.service, self.exercise, self.memory = service, exercise, memory
        self.report = Report(
            exercise=exercise.stem,
            title=exercise.title,
            submission=f"{exercise.stem}.py",
            seed=0,
            checks=tuple(check_result(c, Verdict.ACCIDENT, NOT_RUN) for c in exercise.checks),
            protection=Protection("not known yet"),
            versions={"grader": __version__, "tensorflow": None},
            seconds=0,
            course_hash=exercise.hash,
            time=datetime.now(UTC).replace(microsecond=0),
            submitted=service.submitted(),
        )

    def take(self, event: Event) -> None:
        """A check has ended, or something else has happened."""
        if not isinstance(event, CheckResult):
            return
        known = {check.name: check for check in self.report.checks} | {event.name: event}
        checks = tuple(sorted(known.values(), key=lambda check: check.name != LOAD))
        self.report = replace(self.report, checks=checks)
        self.write(UNFINISHED)

    def refuse(self, sentence: str) -> None:
        """There is nothing to grade, for a reason that the learner can change."""
        load = CheckResult(LOAD, draft.LOAD_TITLE, Verdict.ERROR, 0, 0, sentence)
        waits = [draft.waits_for_load(check) for check in self.exercise.checks]
        self.report = replace(
            self.report, checks=(load, *waits), protection=Protection("not needed")
        )

    def write(self, note: str = "") -> None:
        """Write the files as they have to be now, each of them whole."""
        report = replace(self.report, submitted=self.service.submitted())
        notes = tuple(filter(None, (note, self._late(), self._little(report))))
        put(self.service.results(Interim(report, notes)))

    def _late(self) -> str:
        submitted, due = self.service.submitted(), self.service.due()
        if submitted is None or due is None or submitted <= due:
            return ""
        minutes = int((submitted - due).total_seconds() // 60)
        days, hours = divmod(minutes // 60, 24)
        return _("Handed in {days} d {hours} h {minutes} min after the due date.").format(
            days=days, hours=hours, minutes=minutes % 60
        )

    def _little(self, report: Report) -> str:
        """Why a check may not have been graded, if that is known."""
        if self.memory is None or self.memory >= MEMORY or report.graded:
            return ""
        return LITTLE.format(there=self.memory >> 20)


def put(files: Mapping[Path, bytes]) -> None:
    """Write files; each appears whole, in the place of what was there."""
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            # a learner's repository may have a link or a folder of that name
            if not stat.S_ISREG(path.lstat().st_mode):
                path.rename(path.with_name(f"{path.name}.{secrets.token_hex(8)}~"))
        folder.replace(path, content)


if __name__ == "__main__":
    sys.exit(main())
