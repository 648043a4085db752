"""``grade new``: begin an exercise of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import PASSED
from grader.cli.files import shown
from grader.cli.options import option
from grader.render import texts


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Such as ex9_dropout.", show_default=False)
    ],
    title: Annotated[str, option("--title", "TEXT", "What the learner reads first.")],
    course: Annotated[
        Path | None, option("--course", "DIR", "The course's folder, instead of this one.")
    ] = None,
) -> int:
    """Begin an exercise: a stub, a solution, checks, a misconception and a quiz that work."""
    from grader.authoring.new import new_exercise
    from grader.course import built_in
    from grader.render import terminal
    from grader.render.lines import words

    root = Path.cwd() if course is None else course.expanduser()
    written = new_exercise(root, name, title)
    context = Context(None if root.resolve() == built_in() else course or Path())
    exercise = name.partition("_")[0]
    steps = [
        (texts.NEW_VERIFY, context.command("verify", exercise)),
        (texts.NEW_GRADE, context.command(exercise)),
        (texts.NEW_EDIT, ""),
    ]
    screen = context.console
    for path in written:
        screen.print(words(f" {texts.NEW_WROTE} {shown(path)}"), soft_wrap=True)
    screen.print("", terminal.following(steps), sep="\n")
    return PASSED
