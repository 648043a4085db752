"""``grade new``: begin an exercise of one's own."""

from pathlib import Path
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import shown
from grader.cli.options import option
from grader.i18n import _
from grader.render import now

_NEW_VERIFY = _("Prove that it is sound:")
_NEW_WROTE = _(" wrote {path}")


def new(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help=_("Such as ex9_dropout."), show_default=False)
    ],
    title: Annotated[str, option("--title", "TEXT", _("What the learner reads first."))],
    misconception: Annotated[
        Path | None,
        option(
            "--misconception",
            "FILE",
            _(
                "Make a misconception of exercise NAME from this wrong file; --title "
                "says what whoever wrote it believes."
            ),
        ),
    ] = None,
    course: Annotated[
        Path | None, option("--course", "DIR", _("The course's folder, instead of this one."))
    ] = None,
) -> int:
    """Begin an exercise: a stub, a solution, checks, a misconception and a quiz that work."""
    if misconception is not None:
        return _misconception(name, title, misconception, course)
    return _exercise(name, title, course)


def _misconception(name: str, belief: str, file: Path, course: Path | None) -> int:
    """Grade a wrong file, and write it into the course with what its check says."""
    from grader.authoring import misconception
    from grader.engine.grading import grade
    from grader.engine.precheck import Refusal, source
    from grader.render import terminal
    from grader.render.lines import words
    from grader.submission import Submission

    context = Context(course)
    exercise, screen = context.course.exercise(name), context.console
    made = misconception.file_name(belief)
    data = Submission(exercise.stem, file, follow_links=True).read()
    with screen.status(now.STARTING):
        report = grade(exercise, data=data, name=file.name)
    wrong = misconception.first_wrong(report)
    code = source(data, exercise.required)
    if isinstance(code, Refusal):
        raise Complaint(code.message)
    content = misconception.text(code, belief, wrong)
    path = misconception.write(exercise, made, content)
    screen.print(words(_NEW_WROTE.format(path=shown(path))), soft_wrap=True)
    told = _("It fails “{title}”: {message}")
    told = told.format(title=wrong.title, message=wrong.message)
    screen.print(terminal.note(told), "", sep="\n")
    steps = [
        (_("Read it, keep only the one mistake, and let the check name it"), ""),
        (_NEW_VERIFY, context.command("verify", exercise.id)),
    ]
    screen.print(terminal.following(steps))
    return PASSED


def _exercise(name: str, title: str, course: Path | None) -> int:
    from grader.authoring.new import new_exercise
    from grader.course import built_in
    from grader.render import terminal
    from grader.render.lines import words

    root = Path.cwd() if course is None else course.expanduser()
    written = new_exercise(root, name, title)
    context = Context(None if root.resolve() == built_in() else course or Path())
    exercise = name.partition("_")[0]
    steps = [
        (_NEW_VERIFY, context.command("verify", exercise)),
        (_("See it as a learner does:"), context.command(exercise)),
        (_("Then replace it with your own question, and verify it again"), ""),
    ]
    screen = context.console
    for path in written:
        screen.print(words(_NEW_WROTE.format(path=shown(path))), soft_wrap=True)
    screen.print("", terminal.following(steps), sep="\n")
    return PASSED
