"""Which questions of a quiz are asked, and what is said of the others."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.cli.context import Context
from grader.cli.exits import Complaint
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.cli.attempt import Attempt
    from grader.cli.terminal.prompts import FromFile
    from grader.course import Exercise
    from grader.quiz.progress import QuizProgress
    from grader.quiz.questions import Question


def askable(
    progress: "QuizProgress",
    context: Context,
    attempt: "Attempt",
    exercise: "Exercise",
    questions: "Sequence[Question]",
) -> "list[Question]":
    """Without those about a file that has not passed, and says so."""
    found = progress.askable(exercise, questions)
    asked = {question.id for question in found}
    mine = [question.id for question in questions if question.id not in asked]
    if mine:
        attempt.skipped += mine
        command = context.command(exercise.id)
        attempt.say(_skipped(len(mine), command, progress.workspace is not None))
    return found


def in_file(
    asker: "FromFile",
    progress: "QuizProgress",
    exercise: "Exercise",
    questions: "Sequence[Question]",
    askable: "Sequence[Question]",
) -> "list[Question]":
    """The questions that a file answers; what is wrong in it is said before anything is kept."""
    from grader.quiz.answers import asked

    known = {question.id for question in questions}
    unknown = [name for name in asker.answers if name not in known]
    if unknown:
        raise Complaint(
            _(
                "{file} answers {ids}, which the quiz of {exercise} does not ask. It asks {known}."
            ).format(
                file=asker.name,
                ids=", ".join(unknown),
                exercise=exercise.id,
                known=", ".join(sorted(known)),
            )
        )
    chosen = [question for question in askable if question.id in asker.answers]
    for question in chosen:
        if not question.needs_pass:  # else its options are not known yet
            asker.given(asked(exercise, question, progress.learner))
    return chosen


def _skipped(count: int, command: str, workspace: bool) -> str:
    if workspace:
        template = ngettext(
            "One question is about your own file; it comes once that has passed: `{command}`.",
            "{count} questions are about your own file; they come once that has passed: "
            "`{command}`.",
            count,
        )
    else:
        template = ngettext(
            "One question is about your own file; it comes where your exercises are.",
            "{count} questions are about your own file; they come where your exercises are.",
            count,
        )
    return template.format(count=count, command=command)
