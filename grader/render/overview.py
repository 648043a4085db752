"""The course at a glance: a row for each exercise, and what is next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.console import Console, RenderableType
from rich.text import Text

from grader.course import Exercise
from grader.i18n import _, ngettext
from grader.progress import Mastery
from grader.render import counts
from grader.render.lines import words

_NONE = "–"

_TITLE = 12  # columns that a title needs at least


@dataclass(frozen=True)
class Row:
    """What is known of an exercise.

    Attributes:
        standing: ``None`` if it has not been graded.
        older: whether another edition of the checks graded it.
        quiz: points and questions of the newest run through its quiz, ``None`` without one.
        left: how many questions an attempt at the quiz has left, if one was begun and not ended.
        due: how many questions are to be asked again.
    """

    exercise: Exercise
    standing: Mastery | None = None
    older: bool = False
    quiz: tuple[float, int] | None = None
    left: int = 0
    due: int = 0

    @property
    def passed(self) -> bool:
        """Whether all checks, as they are now, have passed."""
        return self.standing is not None and self.standing.ever_passed and not self.older

    @property
    def begun(self) -> bool:
        """Whether something was written that has been graded as the checks are now."""
        return self.standing is not None and self.standing.begun and not self.older


def table(rows: Sequence[Row], console: Console, now: datetime) -> Iterator[Text]:
    """The rows under their headings, as wide as the screen."""
    # Translators: heads of narrow columns: most points so far, when it was graded last.
    heads = [_("best"), _("last run")]
    quizzes = any(row.exercise.quiz.is_file() for row in rows)
    # Translators: the best attempt at the quiz, and how many questions are to be asked again.
    heads += [_("quiz"), _("due")] if quizzes else []
    cells = [_cells(row, now)[: len(heads)] for row in rows]
    widths = [max(map(len, column)) for column in zip(heads, *cells, strict=True)]
    ids = max(len(row.exercise.id) for row in rows)

    def line(prefix: Text, title: Text, columns: Sequence[str], style: str) -> Iterator[Text]:
        pairs = zip(columns, widths, strict=True)
        right = Text("  ".join(f"{cell:>{width}}" for cell, width in pairs), style)
        start = prefix.cell_len
        whole = console.width - 1 - start
        room = whole - 2 - right.cell_len
        beside = room >= _TITLE
        parts = list(title.wrap(console, room if beside else whole)) or [Text()]
        for number, part in enumerate(parts):
            part.rstrip()
            made = Text.assemble(Text(" " * start) if number else prefix, part)
            if beside and not number:
                made.append(" " * (room + 2 - part.cell_len)).append_text(right)
            made.rstrip()
            yield made
        if not beside:
            below = Text(" " * (console.width - 1 - right.cell_len)).append_text(right)
            below.rstrip()
            yield below

    yield from line(Text(" " * (5 + ids)), Text(_("exercise"), "dim"), heads, "dim")
    for row, columns in zip(rows, cells, strict=True):
        open_ = ("○", "magenta" if row.begun or row.older else "dim")
        mark = ("✓", "green") if row.passed else open_
        prefix = Text.assemble(" ", mark, " ", words(f"{row.exercise.id:<{ids}}", "cyan"), "  ")
        style = "green" if row.passed else "" if row.begun else "dim"
        yield from line(prefix, words(row.exercise.title), columns, style)


def _cells(row: Row, now: datetime) -> list[str]:
    best, last, quiz = _NONE, _NONE, ""
    if row.standing is not None:
        star = "*" if row.older else ""
        best = counts.points(row.standing.best, row.standing.max_score) + star
        last = _when(row.standing.at, now)
    if row.exercise.quiz.is_file():
        quiz = _NONE if row.quiz is None else f"{round(row.quiz[0], 1):g}/{row.quiz[1]}"
    return [best, last, quiz, str(row.due or "")]


def total(rows: Sequence[Row]) -> RenderableType:
    """How many exercises have passed."""
    passed = sum(row.passed for row in rows)
    text = ngettext(
        "{passed} of {count} exercise passed", "{passed} of {count} exercises passed", len(rows)
    ).format(passed=passed, count=len(rows))
    if passed < len(rows):
        bar = ("▰" * passed, "green"), ("▱" * (len(rows) - passed), "dim")
        return Text.assemble(" ", *bar, "  ", (text, "bold"))
    return Text.assemble(" ", ("✓", "green"), " ", (text, "green"))


def _when(at: datetime, now: datetime) -> str:
    """A time in the past, as short as it can be, in the local time zone."""
    at, now = at.astimezone(), now.astimezone()
    days = (now.date() - at.date()).days
    if days <= 0:
        return f"{at:%H:%M}"
    if days == 1:
        return _("yesterday")
    if days < 30:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    return f"{at:%Y-%m-%d}"
