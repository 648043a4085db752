"""Lines of a screen: a prefix, a text that wraps beside it, words from anywhere."""

from collections.abc import Iterable, Iterator

from rich.cells import cell_len, chop_cells, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from grader.clean import clean
from grader.render.plain import glued, unglued

INDENT = "     "
_LABEL = 10  # columns
_LENGTH, _LINES = 4_000, 50  # of a text that is more than a sentence


class Hanging:
    """A prefix, a text that wraps beside it, and a suffix at the right end of the first line.

    A suffix that would leave the text too little room stands below it. A verbatim text wraps where
    the room ends, any other between words, but not within a command in backticks. The margin is
    what stays empty at the right.
    """

    def __init__(
        self,
        prefix: Text,
        body: Text,
        suffix: Text | None = None,
        *,
        verbatim: bool = False,
        margin: int = 1,
    ) -> None:
        self.prefix, self.body, self.suffix = prefix, body, suffix
        self.verbatim, self.margin = verbatim, margin

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        width, start = options.max_width - self.margin, self.prefix.cell_len
        body, suffix, room = self.body, self.suffix, max(width - start, 10)
        if suffix is not None:
            beside = room - suffix.cell_len - 2
            if body.cell_len > beside and suffix.cell_len > width // 3:
                body, suffix = Text("\n").join((body, suffix)), None
            else:
                room = max(beside, 10)
        if self.verbatim:
            chopped = chop_cells(body.plain.expandtabs(4), room) or [""]
            lines = [Text(part, body.style) for part in chopped]
        else:
            body = body.copy()
            body.plain = glued(body.plain, room)
            lines = list(body.wrap(console, room, overflow="fold")) or [Text()]
        for number, line in enumerate(lines):
            line.rstrip()
            line.plain = unglued(line.plain)
            whole = Text.assemble(Text(" " * start) if number else self.prefix, line)
            if suffix is not None and not number:
                whole.append(" " * max(width - whole.cell_len - suffix.cell_len, 2))
                whole.append_text(suffix)
            whole.rstrip()
            whole.no_wrap, whole.overflow = True, "ignore"
            yield whole


class InColumns:
    """A name and columns at the right end; below it, still in their places, where it is long."""

    def __init__(self, prefix: Text, name: Text, columns: Text) -> None:
        self.prefix, self.name, self.columns = prefix, name, columns

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> Iterator[RenderableType]:
        needed = self.prefix.cell_len + self.name.cell_len + self.columns.cell_len + 2
        if needed < options.max_width:
            yield Hanging(self.prefix, self.name, self.columns)
        else:
            yield Hanging(self.prefix, self.name)
            yield Hanging(Text(" "), Text(), self.columns)


class Rows:
    """Lines that belong in one row each, such as a matrix's: what is too wide is cut, not wrapped.

    Args:
        prefix: stands before the first line; the others are indented as far.
        lines: the rows.
        style: of the rows.
    """

    def __init__(self, prefix: Text, lines: Iterable[str], style: str = "") -> None:
        self.prefix, self.lines, self.style = prefix, list(lines), style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        start = self.prefix.cell_len
        room = max(options.max_width - 1 - start, 10)
        for number, line in enumerate(self.lines):
            before = Text(" " * start) if number else self.prefix
            whole = Text.assemble(before, (cut(line, room), self.style))
            whole.rstrip()
            whole.no_wrap, whole.overflow = True, "ignore"
            yield whole


def cut(line: str, room: int) -> str:
    """A row in so many columns: what is too much is ``…``, and its closing brackets stay."""
    if cell_len(line) <= room:
        return line
    closing = line[len(line.rstrip("]), ")) :].strip()
    kept = set_cell_size(line, max(room - 1 - len(closing), 1))
    whole = kept.rpartition(", ")[0].removesuffix(", ...")  # no number is cut in two
    return f"{whole}, …{closing}" if whole else f"{kept.rstrip()}…{closing}"


def words(text: object, style: str = "") -> Text:
    """A text from anywhere: never markup, never a control character, never a flood."""
    return Text(clean(str(text), length=_LENGTH, lines=_LINES), style)


def indented(text: Text) -> RenderableType:
    """A text below a title."""
    return Hanging(Text(INDENT), text)


def label(word: str) -> Text:
    """A word before a value, and the room up to it."""
    gap = " " * max(_LABEL - cell_len(word), 1)
    return Text(INDENT + word + gap, "dim")


def aloud(text: object) -> RenderableType:
    """A sentence that can be read aloud: nothing stands beside it."""
    return Hanging(Text(), words(text), margin=0)
