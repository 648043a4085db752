"""``grade quiz ex3``: the questions of an exercise, and what was answered so far."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import handing_in, options, standings
from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED, Complaint
from grader.cli.options import CourseOption, JsonOption, PlainOption, option
from grader.render import texts

if TYPE_CHECKING:
    from grader.cli.attempt import Attempt
    from grader.cli.terminal.prompts import Asker, FromFile
    from grader.course import Exercise
    from grader.quiz.progress import QuizProgress
    from grader.quiz.questions import Question


def quiz(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help="Such as ex3; without it you choose.",
            show_default=False,
            autocompletion=options.quizzes,
        ),
    ] = None,
    answers: Annotated[
        Path | None, option("--answers", "FILE", "Take the answers from a file.")
    ] = None,
    stats: Annotated[
        bool,
        typer.Option("--stats", help=("Show what was answered, what to review, what to reread.")),
    ] = False,
    hand_in: Annotated[
        bool,
        typer.Option("--hand-in", help="Write your first answers to a file for your instructor."),
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Answer the questions of an exercise, and learn why."""
    from grader.cli.terminal.prompts import made_asker
    from grader.quiz.progress import QuizProgress

    context = Context(course)
    progress = QuizProgress(context.course, context.workspace)
    chosen = context.course.exercise(exercise) if exercise else None
    if hand_in:
        return handing_in.write(progress, context, chosen)
    if stats:
        if answers:
            raise Complaint(texts.QUIZ_STATS_ALONE)
        return standings.show(progress, context, chosen, json, plain)
    if answers and chosen is None:
        raise Complaint(texts.quiz_which(context.command("quiz", "ex1", "--answers", str(answers))))
    asker = made_asker(plain=plain, json=json, answers=answers)
    if chosen is None:
        chosen = standings.pick(progress, context, asker, json)
        if chosen is None:
            return PASSED
    return _hold(progress, context, asker, chosen, json)


def _hold(
    progress: "QuizProgress", context: Context, asker: "Asker", exercise: "Exercise", json: bool
) -> int:
    """Ask what is left in this attempt at a quiz."""
    from grader.cli.attempt import Attempt, result
    from grader.cli.quizzes import following, losses
    from grader.cli.terminal.prompts import FromFile
    from grader.quiz.answers import pending

    if not exercise.quiz.is_file():
        raise Complaint(texts.quiz_without(exercise.id, progress.ids))
    questions = progress.load(exercise).questions
    from_file = asker if isinstance(asker, FromFile) else None
    again, review = context.command("quiz", exercise.id), context.command("review")
    with Attempt(progress, asker, again, review) as attempt:
        attempt.say(*losses(progress, context))
        askable = _askable(progress, context, attempt, exercise, questions)
        answers = [each for each in progress.answers() if each.exercise == exercise.stem]
        number, left = pending(askable, answers)
        earlier = {each.question: each.share for each in answers if each.attempt == number}
        if from_file:
            left, earlier = _in_file(from_file, progress, exercise, questions, askable), {}
        before = [earlier[each.id] for each in askable if each.id in earlier]
        if before:
            attempt.say(texts.quiz_resumed(len(before), len(askable)))
        outcomes = attempt.ask([(exercise, each) for each in left], number, before=before)
        done = {*(each.asked.question.id for each in outcomes), *attempt.skipped}
        missing = [q.id for q in (askable if from_file else left) if q.id not in done]
        if from_file and missing:
            attempt.say(texts.quiz_unanswered(len(missing)))
        now = earlier | {each.asked.question.id: each.share for each in outcomes}
        told = [((exercise, each), now[each.id]) for each in askable if each.id in now]
        attempt.end(told, again=not json)
        if json:
            from grader.render.json import show

            data = result(attempt, exercise=exercise.stem, title=exercise.title)
            show(data | {"unanswered": missing})
        elif not attempt.ended:
            attempt.follow(following(progress, context, exercise))
    return PASSED if all(each.right for each in outcomes) and not missing else NOT_PASSED


def _askable(
    progress: "QuizProgress",
    context: Context,
    attempt: "Attempt",
    exercise: "Exercise",
    questions: "Sequence[Question]",
) -> "list[Question]":
    """Without those about a file that has not passed, and says so."""
    askable = progress.askable(exercise, questions)
    asked = {question.id for question in askable}
    mine = [question.id for question in questions if question.id not in asked]
    if mine:
        attempt.skipped += mine
        command = context.command(exercise.id)
        attempt.say(texts.quiz_skipped_mine(len(mine), command, progress.workspace is not None))
    return askable


def _in_file(
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
        raise Complaint(texts.quiz_answers_unknown(asker.name, unknown, exercise.id, known))
    chosen = [question for question in askable if question.id in asker.answers]
    for question in chosen:
        if not question.needs_pass:  # else its options are not known yet
            asker.given(asked(exercise, question, progress.learner))
    return chosen
