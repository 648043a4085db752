"""What the commands beside grading tell: sentences, hints, a solution beside one's own file."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.text import Text

from grader.clean import clean
from grader.course import Check
from grader.i18n import _
from grader.parsing import parse
from grader.render.lines import Hanging, words
from grader.report import RED

_MINE = _("yours")
_THEIRS = _("a solution")

_INDENT = "     "
_BETWEEN = " │ "


def sentence(text: str) -> RenderableType:
    """A sentence that is a command's result."""
    return Hanging(Text(" "), words(text))


def hints(
    check: Check, given: Sequence[str], verdict: str, shape: str, asked: int
) -> RenderableType:
    """A check that is open, and the first of its hints; the last is its steps, with blanks.

    Args:
        check: the check.
        given: the hints in words, the mildest first.
        verdict: of the newest grading.
        shape: the steps of the code, with blanks; may be empty.
        asked: how many steps to show.
    """
    total = len(given) + bool(shape)
    mark = Text(" ✗ ", "bold red") if verdict in RED else Text(" ○ ", "cyan")
    parts: list[RenderableType] = [Hanging(mark, words(check.title, "bold"))]
    for number in range(1, asked + 1):
        step = _("hint {number} of {total}").format(number=number, total=total)
        label = Text(f"{_INDENT}{step}  ", "dim")
        style = "italic" if number == asked else "dim italic"
        if number <= len(given):
            parts.append(Hanging(label, words(given[number - 1], style)))
        else:
            parts.append(
                Hanging(label, Text(_("The steps of one solution. Replace each ___:"), "italic"))
            )
            for line in shape.splitlines():  # in one piece: code that is cut is other code
                code = Text(f"{_INDENT}  {clean(line)}", no_wrap=True, overflow="ignore")
                parts.append(code)
    return Group(*parts)


@dataclass(frozen=True)
class Pair:
    """A function of both files: the learner's code, the solution's, and what is good about that."""

    name: str
    mine: str
    theirs: str
    remark: str = ""

    @property
    def same(self) -> bool:
        """Whether both do the same in the same way, however they are laid out."""
        try:
            one, other = (ast.dump(parse(source)) for source in (self.mine, self.theirs))
        except (SyntaxError, ValueError, RecursionError, MemoryError):  # or too deep to compare
            return self.mine == self.theirs
        return one == other


def comparison(pairs: Iterable[Pair], console: Console) -> Iterator[RenderableType]:
    """The lines of the learner's code and a solution, side by side where all of them fit.

    Else one stands below the other, and lines stay as they are written: code that is cut in two
    is other code. Below them is what is good about the solution.
    """
    room = (console.width - 1 - len(_INDENT) - len(_BETWEEN)) // 2
    for pair in pairs:
        yield Text()
        name = Text.assemble(" ", words(pair.name, "cyan"))
        if pair.same:
            yield name.append("  ").append(_("the same in both"), "dim")
            continue
        yield name
        longest = max(map(cell_len, f"{pair.mine}\n{pair.theirs}".expandtabs(4).split("\n")))
        if not console.is_terminal or longest > room:
            for title, source in (
                (_MINE, pair.mine),
                (_THEIRS, pair.theirs),
            ):
                yield Text(f"   {title}", "dim")
                for line in _code(source, highlighted=console.is_terminal):
                    yield _ended(Text(_INDENT).append_text(line))
        else:
            left = [Text(_MINE, "dim"), *_code(pair.mine)]
            right = [Text(_THEIRS, "dim"), *_code(pair.theirs)]
            for one, other in zip_longest(left, right, fillvalue=Text()):
                padding = " " * (room - one.cell_len)
                yield _ended(Text.assemble(_INDENT, one, padding, (_BETWEEN, "dim"), other))
        if pair.remark:
            yield Hanging(Text("   "), words(pair.remark, "italic"))


def _ended(line: Text) -> Text:
    """A line without spaces at its end."""
    line.rstrip()
    return line


def _code(source: str, highlighted: bool = True) -> Iterator[Text]:
    """The lines of a program."""
    if not source:
        yield Text(_("nothing"), "dim italic")
        return
    if not highlighted:
        yield from map(Text, clean(source).split("\n"))
        return
    from rich.syntax import Syntax  # as slow as half of rich

    from grader.render.quiz import CODE

    syntax = Syntax("", "python", theme=CODE)
    for line in syntax.highlight(clean(source).expandtabs(4).rstrip("\n")).split("\n"):
        line.rstrip()
        yield line
