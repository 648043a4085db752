"""``grade reset ex3``: back to what everyone starts from, the old file kept beside it."""

import os
import shutil
import sys
import textwrap
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED, Complaint, Stopped
from grader.cli.files import dated, replace, shown, write_new
from grader.cli.options import CourseOption, CurrentArgument
from grader.i18n import _

_UNCHANGED = _("Nothing was changed.")


def reset(
    exercise: CurrentArgument = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help=_("Do not ask."))] = False,
    course: CourseOption = None,
) -> int:
    """Restore an exercise's starter version; your file is kept under another name."""
    from grader.folder import permissions
    from grader.render import guidance, terminal
    from grader.starters import Starters

    context = Context(course)
    mine, screen = context.own(exercise), context.console
    starters = Starters(mine.workspace.root)
    fresh = mine.fresh()  # in a clone the file there is the learner's own
    steps = terminal.following([mine.change(red=False)])
    if not os.path.lexists(mine.path) and write_new(mine.path, fresh):
        starters.keep(mine.exercise)
        screen.print(
            guidance.sentence(_("Restored the starter version of {file}.").format(file=mine.file)),
            "",
            steps,
            sep="\n",
        )
        return PASSED
    old = mine.content()
    if old == fresh:
        screen.print(
            guidance.sentence(
                _("{file} is the starter version already: there is nothing to reset.").format(
                    file=mine.file
                )
            ),
            "",
            steps,
            sep="\n",
        )
        return PASSED
    if not yes and not _sure(mine.file, mine.command("reset", "--yes")):
        screen.print(guidance.sentence(_UNCHANGED))
        return NOT_PASSED
    old, mode = mine.content(), permissions(mine.path)  # saved while the question stood?
    backup = next(path for path in dated(mine.path) if write_new(path, old, mode))
    replace(mine.path, fresh)
    starters.keep(mine.exercise)
    told = guidance.sentence(
        _("{file} is back to the starter version. Your code is saved in {backup}.").format(
            file=mine.file, backup=shown(backup)
        )
    )
    screen.print(told, "", steps, sep="\n")
    return PASSED


def _sure(file: str, command: str) -> bool:
    """Ask; without anybody to answer, complain."""
    from grader.cli.terminal.keys import REDRAW, Keys
    from grader.render.screen import write

    if not sys.stdin.isatty():
        raise Complaint(
            _(
                "Can't ask for confirmation here, so nothing was changed. `{command}` doesn't ask."
            ).format(command=command)
        )
    # Translators: keep y, the key for yes.
    question = _("Start {file} over? Your code is kept in another file. [y/N]").format(file=file)
    room = shutil.get_terminal_size().columns - 2
    write("\n ".join(["", *textwrap.wrap(question, room, break_on_hyphens=False)])[1:], end=" ")
    try:
        with Keys() as keys:
            while (key := keys.read()) == REDRAW:
                pass
    except EOFError:
        key = ""
    except KeyboardInterrupt:
        raise Stopped(_UNCHANGED) from None
    yes = key.lower() == "y"
    write(key if yes else "")
    return yes
