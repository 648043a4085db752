"""``grade lesson ex3``: the page about a question, with its picture."""

from typing import Annotated

import typer

from grader.cli import options
from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.options import CourseOption, PlainOption
from grader.i18n import _


def lesson(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help=_("Such as ex3; without it the next one that you have not passed."),
            show_default=False,
            autocompletion=options.exercises,
        ),
    ] = None,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Read the lesson of an exercise: the idea, one picture, and where the article is wrong."""
    from grader.lab.lesson import lessons
    from grader.render import terminal
    from grader.render.lesson import shown

    context = Context(course)
    known = lessons(context.course)
    if exercise is None:
        states = context.known(*context.course.exercises)
        todo = [e.id for e in context.course.exercises if not _passed(states[e].last or {})]
        exercise = next((name for name in todo if name in known), next(iter(known), ""))
    found = context.course.exercise(exercise) if exercise else None
    if found is None or found.id not in known:
        have = ", ".join(known) or _("none")
        name = found.id if found else _("the course")
        raise Complaint(
            _("There is no lesson for {name}. There are lessons for: {have}.").format(
                name=name, have=have
            )
        )
    text = known[found.id].read_text("utf-8")
    steps = [context.command("lab", found.id), context.command(found.id)]
    context.console.print(
        shown(context.course, text, plain),
        "",
        terminal.following([("", step) for step in steps]),
        sep="\n",
    )
    return PASSED


def _passed(verdicts: dict[str, str]) -> bool:
    return bool(verdicts) and set(verdicts.values()) == {"passed"}
