"""A class while it is graded, and once it has been: a bar for each exercise, what came last."""

import statistics
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.progress_bar import ProgressBar
from rich.table import Table as Grid
from rich.text import Text

from grader.clean import sentence
from grader.course import Exercise
from grader.i18n import _
from grader.render.lines import Hanging, words
from grader.report import Report

_SHOWN = 3  # results that came last
_BAR, _BESIDE = 32, 48  # columns of a bar at most, and of what is beside it
_RECENT = 60  # results that the rate is taken from


@dataclass
class Board:
    """How far a class is.

    Attributes:
        name: of the class.
        exercises: those that there is something to grade of.
        totals: submissions of each exercise, by its stem.
        about: what holds for all, such as the seed, in words.
    """

    name: str
    exercises: Sequence[Exercise]
    totals: Mapping[str, int]
    about: str
    _done: Counter[str] = field(default_factory=Counter)
    _scores: dict[str, list[float]] = field(default_factory=dict)
    _most: dict[str, float] = field(default_factory=dict)
    _last: deque[Text] = field(default_factory=lambda: deque(maxlen=_SHOWN))
    _times: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=_RECENT))
    _accidents: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._times.append((time.monotonic(), 0))

    def know(self, stem: str, score: float, most: float) -> None:
        """A submission has had a result before."""
        self._done[stem] += 1
        self._scores.setdefault(stem, []).append(score)
        self._most[stem] = most

    def add(
        self, exercise: Exercise, names: Sequence[str], report: Report | None, why: str
    ) -> None:
        """A result has come.

        Args:
            exercise: the exercise.
            names: of the learners who have handed in this text.
            report: the report, ``None`` if there is none.
            why: why it is not graded, a sentence; empty if it is.
        """
        stem, others = exercise.stem, len(names) - 1
        label = (
            _("{name} and {others} more").format(name=names[0], others=others)
            if others
            else names[0]
        )
        self._done[stem] += len(names)
        self._times.append((time.monotonic(), len(names)))
        if why or report is None:
            self._accidents.append(f"{label} {exercise.id}: {why}")
            self._last.appendleft(
                words(
                    _("{label} {exercise} not graded").format(label=label, exercise=exercise.id),
                    "magenta",
                )
            )
            return
        self._scores.setdefault(stem, []).extend([report.score] * len(names))
        self._most[stem] = report.max_score
        points = f"{report.score:g}/{report.max_score:g}"
        met = report.red[0].misconception if report.red else None
        more = f" ({met.replace('_', ' ')})" if met else ""
        style = "green" if report.passed else ""
        self._last.appendleft(words(f"{label} {exercise.id} {points}{more}", style))

    @property
    def accidents(self) -> int:
        """How many submissions could not be graded."""
        return len(self._accidents)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The board while it runs; see ``rich``."""
        parts: list[RenderableType] = [self._heading(), self._bars(options.max_width), ""]
        if self._last:
            just = Text(" · ").join(self._last)
            parts.append(Hanging(Text(_(" just graded   "), "dim"), just))
        if self._accidents:
            parts.append(self._not_graded(1))
        parts.append(Text(_(" Ctrl-C stops here and keeps everything."), "dim"))
        yield Group(*parts)

    def ending(self, width: int) -> RenderableType:
        """The board once it has ended, for so many columns."""
        parts: list[RenderableType] = [self._heading(), self._bars(width)]
        if self._accidents:
            parts += ["", self._not_graded(20)]
        return Group(*parts)

    def _heading(self) -> RenderableType:
        return Hanging(Text(" "), words(self.name, "bold"), words(self.about, "dim"))

    def _bars(self, width: int) -> RenderableType:
        grid = Grid.grid(padding=(0, 1), pad_edge=True)
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(width=max(5, min(_BAR, width - _BESIDE)))
        grid.add_column(justify="right", no_wrap=True)
        grid.add_column(style="dim", no_wrap=True)
        running = next((e for e in self.exercises if self._open(e)), None)
        for exercise in self.exercises:
            done, total = self._done[exercise.stem], self.totals[exercise.stem]
            bar = ProgressBar(total, done, width=None, complete_style="cyan")
            state = self._left() if exercise is running else self._median(exercise)
            beside = [state] if width > _BESIDE else []
            grid.add_row(exercise.id, bar, f"{done:,} / {total:,}", *beside)
        return grid

    def _open(self, exercise: Exercise) -> bool:
        return self._done[exercise.stem] < self.totals[exercise.stem]

    def _median(self, exercise: Exercise) -> str:
        scores = self._scores.get(exercise.stem)
        if not scores or self._open(exercise):
            return ""
        scores.sort()  # once: the median of what is sorted takes no time, however often it is shown
        return _("median {median:g} of {most:g}").format(
            median=statistics.median(scores), most=self._most[exercise.stem]
        )

    def _left(self) -> str:
        """The rate, and how long all of it will take at that."""
        begin, now = self._times[0][0], time.monotonic()
        done = sum(count for __, count in list(self._times)[1:])
        if not done or now <= begin:
            return _("the first ones take longest")
        rate = done / (now - begin)
        left = sum(self.totals.values()) - sum(self._done.values())
        return _("{rate:,.0f} a minute, {time} left").format(
            rate=60 * rate, time=_duration(left / rate)
        )

    def _not_graded(self, most: int) -> RenderableType:
        count = len(self._accidents)
        head = Text(_(" not graded {count:,}   ").format(count=count), "magenta")
        lines = [Hanging(head, words(sentence(each))) for each in self._accidents[-most:]]
        if count > len(lines) > 1:
            lines.append(
                Hanging(
                    Text(" "),
                    words(_("… and {count:,} more").format(count=count - len(lines)), "dim"),
                )
            )
        return Group(*lines)


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(seconds, 1):.0f} s"
    if seconds < 5400:
        return _("{minutes:.0f} min").format(minutes=seconds / 60)
    return f"{seconds / 3600:.1f} h"
