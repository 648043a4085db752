"""Quizzes as files that other systems import."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import files, options
from grader.cli.context import Context
from grader.cli.exits import PASSED, Complaint
from grader.cli.exports.classes import IntoOption
from grader.cli.options import CourseOption
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.export.content import Export, QuizSheet


class Format(StrEnum):
    """How other systems read a quiz."""

    MOODLE = "moodle-xml"
    GIFT = "gift"
    QTI12 = "qti12"
    QTI22 = "qti22"
    ANKI = "anki"


def quiz(
    as_: Annotated[
        Format, typer.Option("--as", help=_("Canvas reads qti12, Moodle reads moodle-xml."))
    ],
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help=_("Such as ex3; all quizzes without it."),
            show_default=False,
            autocompletion=options.quizzes,
        ),
    ] = None,
    into: IntoOption = None,
    course: CourseOption = None,
) -> int:
    """Write quizzes for Moodle, Canvas, Anki, or what reads QTI or GIFT."""
    from grader.render import guidance

    context = Context(course)
    sheets = _sheets(context, exercise)
    made = _made(as_, sheets)
    path = into or Path((sheets[0].exercise.stem if exercise else "quizzes") + made.ending)
    files.require_place(path)
    screen = context.console
    for name, why in made.left_out.items():
        told = _("Left out: {question}: {reason}.").format(question=name, reason=why)
        screen.print(guidance.sentence(told))
    if not made.count:
        raise Complaint(_("There is no question that this format can hold."))
    files.put(path, made.data)
    said = ngettext("{file}: 1 question.", "{file}: {count} questions.", made.count)
    said = said.format(file=files.shown(path), count=made.count)
    screen.print(*map(guidance.sentence, [said, *made.notes]), sep="\n")
    return PASSED


def _made(format_: Format, sheets: "Sequence[QuizSheet]") -> "Export":
    match format_:
        case Format.MOODLE:
            from grader.quiz.export.moodle import moodle

            return moodle(sheets)
        case Format.GIFT:
            from grader.quiz.export.gift import gift

            return gift(sheets)
        case Format.QTI12:
            from grader.quiz.export.qti12 import qti12

            return qti12(sheets)
        case Format.QTI22:
            from grader.quiz.export.qti22 import qti22

            return qti22(sheets)
        case Format.ANKI:
            from grader.quiz.export.anki import anki

            return anki(sheets)


def _sheets(context: Context, exercise: str | None) -> "list[QuizSheet]":
    """The quizzes to export.

    Raises:
        Complaint: there is none.
        QuizError: one can't be read.
    """
    from grader.quiz.export.content import QuizSheet
    from grader.quiz.reader import load

    exercises = context.course.exercises
    chosen = [context.course.exercise(exercise)] if exercise else list(exercises)
    sheets = [QuizSheet(each, load(each.quiz).questions) for each in chosen if each.quiz.is_file()]
    if not sheets:
        command = context.command("list")
        raise Complaint(
            _("There is no quiz to export. `{command}` lists the exercises.").format(
                command=command
            )
        )
    return sheets
