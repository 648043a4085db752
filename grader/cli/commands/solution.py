"""``grade solution ex3``: a solution beside the learner's own file."""

import ast
import re
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.context import Context, OwnFile
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption, CurrentArgument
from grader.cli.terminal.console import console
from grader.i18n import _
from grader.parsing import parse
from grader.render import offers

if TYPE_CHECKING:
    from grader.render.guidance import Pair

_REST = ""  # what stands outside functions and classes
_DOCUMENTED = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def solution(
    exercise: CurrentArgument = None,
    give_up: Annotated[
        bool,
        typer.Option("--give-up", help=_("Show it before everything passes; this is recorded.")),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Show a sample solution next to your code, once everything passes."""
    from rich.text import Text

    from grader.render import guidance, terminal

    context = Context(course)
    mine = context.own(exercise, passed=True)
    with mine.workspace.store.looking():
        gave_up, before = not _passed(mine), mine.workspace.progress.given_up()
    if gave_up and not give_up and mine.exercise.stem not in before:
        anyway = mine.command("solution", "--give-up")
        raise Complaint(
            _(
                "{exercise} has not passed yet. Get a hint with `{hint}`, or "
                "see the solution anyway with `{command}` (this is recorded)."
            ).format(exercise=mine.exercise.id, hint=mine.command("hint"), command=anyway)
        )
    source = mine.source()
    context.tried(lambda own: own.progress.keep_solution_shown(mine.exercise, gave_up), None)
    screen = console(widest=None)
    screen.print(terminal.heading(mine.exercise.id, mine.exercise.title, mine.file, mine.path))
    for part in guidance.comparison(_pairs(mine, source), screen):
        screen.print(part, soft_wrap=isinstance(part, Text))  # lines of code stay in one piece
    step = (offers.FIX, mine.command()) if gave_up else ("", context.command())
    screen.print("", terminal.following([step]), sep="\n")
    if context.loss:
        screen.print(
            terminal.loss(
                _("Couldn't record that you viewed the solution: {reason}").format(
                    reason=context.loss
                )
            )
        )
    return PASSED


def _passed(mine: OwnFile) -> bool:
    standing = mine.workspace.progress.standings().get(mine.exercise.stem)
    return standing is not None and standing.ever_passed


def _pairs(mine: OwnFile, own: str) -> "list[Pair]":
    """Function by function, as the solution has them; the whole if the learner's can't be read."""
    from grader.render.guidance import Pair
    from grader.stub import remarks, without_markers

    solution = mine.exercise.shown_solution()
    theirs, said = without_markers(solution), remarks(solution)
    try:
        left, right = _parts(own), _parts(theirs)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return [Pair(mine.path.name, own.strip("\n"), theirs)]
    extra = [name for name in left if name not in right]
    return [
        Pair(
            name or _("imports and the rest"),
            left.get(name, ""),
            right.get(name, ""),
            said.get(name, ""),
        )
        for name in [*right, *extra]
    ]


def _parts(source: str) -> dict[str, str]:
    """The code of each function and class by name, without docstrings; then all the rest.

    Raises:
        SyntaxError, ValueError: it is no Python.
    """
    lines = source.split("\n")
    taken: set[int] = set()
    parts: dict[str, str] = {}
    tree = parse(source)
    for node in ast.walk(tree):
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node) is not None:
            taken.update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            end = node.end_lineno or first
            while end < len(lines) and lines[end][:1] in ("", " ", "\t"):
                end += 1  # a comment below the last statement
            own = set(range(first, end + 1))
            parts[node.name] = _joined(lines, own - taken)
            taken |= own
    parts[_REST] = _joined(lines, set(range(1, len(lines) + 1)) - taken)
    return parts


def _joined(lines: list[str], numbers: set[int]) -> str:
    """Some of the lines, with no more than one empty line between two."""
    text = "\n".join(lines[number - 1].rstrip() for number in sorted(numbers))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
