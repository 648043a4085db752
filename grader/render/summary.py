"""Many gradings in one table: a row for each exercise, and a line that tells what happens."""

import threading
from collections.abc import Collection, Iterable
from contextlib import suppress
from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.status import Status
from rich.text import Text

from grader.clean import clean
from grader.course import CourseError, Exercise
from grader.i18n import _, ngettext
from grader.render import counts, labels, now
from grader.render.lines import Hanging, InColumns, words
from grader.report import LOAD, RED, Activity, CheckResult, Event, Report, Verdict

_COLUMNS = (_("exercise"), _("checks"), _("points"), "", _("seconds"))


def heading() -> RenderableType:
    """What the columns hold."""
    exercise, *columns = _COLUMNS
    return InColumns(Text("   "), Text(exercise, "dim"), Text(_columns(*columns), "dim"))


def row(exercise: Exercise, result: Report | Exception) -> RenderableType:
    """One exercise: how far it is, or why it could not be graded."""
    why = ""
    if isinstance(result, Exception) or not result.graded:
        why = str(result) if isinstance(result, Exception) else result.accidents[0].message
        columns, mark, style = _columns("", "", counts.NOT_GRADED, ""), "○", "magenta"
    else:
        passed = sum(check.verdict is Verdict.PASSED for check in result.checks)
        total = sum(check.name != LOAD for check in result.checks)
        points = counts.points(result.score, result.max_score)
        time = counts.took(result.seconds)
        columns = _columns(counts.points(passed, total), points, verdict(result), time)
        ahead = ("✗", "red") if result.red else ("○", "dim")
        mark, style = ("✓", "green") if result.passed else ahead
    prefix = Text.assemble(" ", (mark, style), " ", words(exercise.id, "cyan"), "  ")
    line = InColumns(prefix, words(_title(exercise)), Text(columns, style))
    return Group(line, Hanging(Text(" " * prefix.cell_len), words(why, "dim"))) if why else line


def verdict(report: Report) -> str:
    """How far a submission is, in a word or two."""
    found = {check.verdict for check in report.checks}
    if not report.graded:
        return counts.NOT_GRADED
    if report.passed:
        return labels.VERIFIED if report.verified else _("passed")
    if found.intersection(RED):
        return _("not yet")
    return _("begun") if Verdict.PASSED in found else _("to do")


def total(
    exercises: Collection[Exercise], reports: Iterable[Report], seconds: float
) -> RenderableType:
    """Where one stands in all of them."""
    reports = list(reports)
    passed, score = sum(r.passed for r in reports), sum(r.score for r in reports)
    checks = [check for exercise in exercises for check in _checks(exercise)]
    most = sum(check.points for check in checks if not check.bonus)
    text = _all_exercises(passed, len(exercises), score, most, seconds)
    if passed < len(exercises):
        return Hanging(Text(" "), Text(text, "bold"))
    line = Text(text, "green")
    if all(report.verified for report in reports):
        line.append(f" · {labels.VERIFIED}")
    return Hanging(Text(" ✓ ", "green"), line)


class Table:
    """Shows many gradings while they run.

    Results may come in any order; each row is printed as soon as it and all before it are known.
    Events may come from any thread, results from one.

    Args:
        console: where to print; only a terminal gets the line that tells what happens.
        exercises: all that will be graded, in order.
    """

    def __init__(self, console: Console, exercises: Iterable[Exercise]) -> None:
        self._console, self._waiting = console, list(exercises)
        self._rows: dict[Exercise, RenderableType] = {}
        self._running: dict[Exercise, _Underway] = {}
        self._lock = threading.Lock()
        self._status: Status | None = None
        if console.is_interactive:
            spinner = "line" if console.options.ascii_only else "dots"
            self._status = Status(now.STARTING, console=console, spinner=spinner)

    def __enter__(self) -> "Table":
        self._console.print(heading())
        if self._status is not None:
            self._status.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._status is not None:
            self._status.stop()
        if kind is KeyboardInterrupt:  # what is known, without what it waited for
            self._console.print(
                *(self._rows[e] for e in self._waiting if e in self._rows), sep="\n"
            )

    def event(self, exercise: Exercise, event: Event | None) -> None:
        """Something happens in the grading of an exercise; ``None`` if it begins."""
        with self._lock:
            if event is None:
                self._running[exercise] = _Underway(exercise)
            elif exercise in self._running:
                self._running[exercise].take(event)
            self._tell()

    def add(self, exercise: Exercise, result: Report | Exception) -> None:
        """An exercise has been graded, or could not be."""
        with self._lock:
            self._running.pop(exercise, None)
            self._tell()
        self._rows[exercise] = row(exercise, result)
        while self._waiting and self._waiting[0] in self._rows:
            self._console.print(self._rows[self._waiting.pop(0)])

    def _tell(self) -> None:
        if self._status is not None:
            room = (self._console.width - 4) // max(len(self._running), 1)
            running = [each.now(room) for each in self._running.values()]
            self._status.update(Text().join(running) if running else Text(now.ENDING))


class _Underway:
    """What is known of an exercise that is graded now."""

    def __init__(self, exercise: Exercise) -> None:
        self.id, self.titles = exercise.id, {c.name: c.title for c in _checks(exercise)}
        self.done, self.what = 0, now.STARTING

    def take(self, event: Event) -> None:
        match event:
            case CheckResult():
                self.done += 1
            case Activity(check=None):
                self.what = now.TENSORFLOW_LOADS
            case Activity(check=str(name), text=text):
                number, total = min(self.done + 1, len(self.titles)), len(self.titles)
                self.what = now.checking(number, total, text or self.titles.get(name, name))

    def now(self, room: int) -> Text:
        """What happens in it, cut or filled to so many columns."""
        line = Text(clean(f"{self.id} · {self.what}").replace("\n", " "))
        line.truncate(room - 2, overflow="ellipsis", pad=True)
        return line.append("  ")


def _columns(checks: str, points: str, verdict: str, seconds: str) -> str:
    return f"{checks:>7}  {points:>7}  {verdict:<11} {seconds:>7}"


def _checks(exercise: Exercise) -> tuple:
    with suppress(CourseError):
        return exercise.checks
    return ()  # its row says why


def _title(exercise: Exercise) -> str:
    with suppress(CourseError):
        return exercise.title
    return exercise.stem


def _all_exercises(passed: int, exercises: int, points: float, most: float, seconds: float) -> str:
    count = ngettext("{passed} of {count} exercises", "{passed} of {count} exercises", exercises)
    parts = (
        count.format(passed=passed, count=exercises),
        counts.of_points(points, most),
        counts.took(seconds),
    )
    return " · ".join(parts)
