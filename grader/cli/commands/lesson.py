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
            help=_("Such as ex3; the one you are working on without it."),
            show_default=False,
            autocompletion=options.exercises,
        ),
    ] = None,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Read the lesson of an exercise: the idea, one picture, and where the article is wrong."""
    from grader.lab.experiment import labs
    from grader.lab.lesson import lessons
    from grader.render import terminal
    from grader.render.lesson import shown

    context = Context(course)
    known = lessons(context.course)
    if not known:
        raise Complaint(_("This course has no lessons."))
    if exercise is None:
        exercise = at if (at := context.current().id) in known else next(iter(known))
    found = context.course.exercise(exercise)
    if found.id not in known:
        raise Complaint(
            _("There is no lesson for {name}. There are lessons for: {have}.").format(
                name=found.id, have=", ".join(known)
            )
        )
    text = known[found.id].read_text("utf-8")
    steps = [(_("Write it:"), context.command(found.id))]
    if any(each.id == found.id for each in labs(context.course)):
        steps.insert(0, (_("See it:"), context.command("lab", found.id)))
    if found.quiz.is_file():
        steps.append((_("Check yourself:"), context.command("quiz", found.id)))
    context.console.print(
        shown(context.course, text, plain), "", terminal.following(steps), sep="\n"
    )
    return PASSED
