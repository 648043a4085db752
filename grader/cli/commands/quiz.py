"""``grade quiz ex3``: the questions of an exercise, and what was answered so far."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import asking, handing_in, options, standings
from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED, Complaint
from grader.cli.options import CourseOption, JsonOption, PlainOption, option
from grader.i18n import _, ngettext

if TYPE_CHECKING:
    from grader.cli.terminal.prompts import Asker
    from grader.course import Exercise
    from grader.quiz.progress import QuizProgress


def quiz(
    exercise: Annotated[
        str | None,
        typer.Argument(
            metavar="EXERCISE",
            help=_("Such as ex3; without it you choose."),
            show_default=False,
            autocompletion=options.quizzes,
        ),
    ] = None,
    answers: Annotated[
        Path | None, option("--answers", "FILE", _("Take the answers from a file."))
    ] = None,
    stats: Annotated[
        bool,
        typer.Option(
            "--stats", help=(_("Show what was answered, what to review, what to reread."))
        ),
    ] = False,
    hand_in: Annotated[
        bool,
        typer.Option(
            "--hand-in", help=_("Write your first answers to a file for your instructor.")
        ),
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
            raise Complaint(_("--stats shows what was answered: leave out --answers."))
        return standings.show(progress, context, chosen, json, plain)
    if answers and chosen is None:
        raise Complaint(
            _("Which quiz are the answers for? Name it, such as `{command}`.").format(
                command=context.command("quiz", "ex1", "--answers", str(answers))
            )
        )
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
        raise Complaint(standings.without_quiz(exercise.id, progress.ids))
    questions = progress.load(exercise).questions
    from_file = asker if isinstance(asker, FromFile) else None
    again, review = context.command("quiz", exercise.id), context.command("review")
    with Attempt(progress, asker, again, review) as attempt:
        attempt.say(*losses(progress, context))
        askable = asking.askable(progress, context, attempt, exercise, questions)
        answers = [each for each in progress.answers() if each.exercise == exercise.stem]
        number, left = pending(askable, answers)
        earlier = {each.question: each.share for each in answers if each.attempt == number}
        if from_file:
            left, earlier = asking.in_file(from_file, progress, exercise, questions, askable), {}
        before = [earlier[each.id] for each in askable if each.id in earlier]
        if before:
            attempt.say(
                _("You continue where you stopped: {done} of {total} are answered.").format(
                    done=len(before), total=len(askable)
                )
            )
        outcomes = attempt.ask([(exercise, each) for each in left], number, before=before)
        done = {*(each.asked.question.id for each in outcomes), *attempt.skipped}
        missing = [q.id for q in (askable if from_file else left) if q.id not in done]
        if from_file and missing:
            attempt.say(
                ngettext(
                    "{count} question is not answered.",
                    "{count} questions are not answered.",
                    len(missing),
                ).format(count=len(missing))
            )
        now = earlier | {each.asked.question.id: each.share for each in outcomes}
        told = [((exercise, each), now[each.id]) for each in askable if each.id in now]
        attempt.end(told, not json, len(questions) - len(told))
        if json:
            from grader.render.json import show

            points = round(sum(share for __, share in told), 4)
            score = {"score": points, "max_score": len(questions)}
            data = result(attempt, exercise=exercise.stem, title=exercise.title)
            show(data | score | {"unanswered": missing})
        elif not attempt.ended:
            attempt.follow(following(progress, context, exercise))
    return PASSED if all(each.right for each in outcomes) and not missing else NOT_PASSED
