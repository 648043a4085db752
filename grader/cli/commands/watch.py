"""``grade watch``: grades an exercise whenever its file is saved."""

import signal
import sys
from typing import Annotated, Any

import typer

from grader.cli import options
from grader.cli.context import Context, OwnFile
from grader.cli.exits import PASSED, Stopped
from grader.cli.options import CourseOption, PicturesOption
from grader.i18n import _


def watch(
    ctx: typer.Context,
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help=_("Such as ex3; without it, whichever you save."),
            show_default=False,
            autocompletion=options.exercises,
        ),
    ] = None,
    no_pictures: PicturesOption = False,
    course: CourseOption = None,
) -> int:
    """Grade your file again whenever you save it."""
    from grader.cli.terminal.prompts import in_terminal
    from grader.cli.watching.loop import Watching
    from grader.engine.server import Server

    context = Context(course)
    chosen = context.course.exercise(exercise) if exercise else None
    workspace = context.require_workspace()
    if chosen is not None:
        OwnFile(context, workspace, chosen).content()  # complains if there is none

    def run(*words: str) -> None:
        """Run another command about the same course."""
        group: Any = ctx.find_root().command
        with group.make_context(ctx.find_root().info_name, context.words(*words)) as inner:
            group.invoke(inner)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, frame: sys.exit(128 + number))
    try:
        with Server(context.course.root) as server:
            keys, drawn = in_terminal(), not no_pictures
            with Watching(context, workspace, server, chosen, run, keys, drawn) as watching:
                watching.loop()
    except KeyboardInterrupt:
        raise Stopped(_("Stopped watching.")) from None
    return PASSED
