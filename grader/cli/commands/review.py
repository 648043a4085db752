"""``grade review``: the questions that come back, when they are due."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED
from grader.cli.options import CourseOption, JsonOption, PlainOption
from grader.i18n import _, ngettext

MOST = 10  # questions in one sitting


def review(
    due: Annotated[
        bool, typer.Option("--due", help=_("Only print how many questions there are to review."))
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Answer the questions that you missed before again."""
    from grader.quiz.progress import QuizProgress

    context, now = Context(course), datetime.now(UTC)
    progress = QuizProgress(context.course, context.workspace)
    waiting = progress.scheduled()
    ready = [each for each in waiting if each.at <= now]
    if due:
        from grader.render.json import show

        show(len(ready))
        return PASSED
    from grader.cli.attempt import Attempt, result, worth
    from grader.cli.quizzes import coming_back, losses, when
    from grader.cli.terminal.prompts import made_asker

    asker = made_asker(plain=plain, json=json)
    exercises = {exercise.stem: exercise for exercise in progress.course.exercises}
    items = [
        (exercises[each.stem], question)
        for each in ready
        if (question := progress.quizzes[each.stem].question(each.question))
    ]
    later = 0 if json else max(len(items) - MOST, 0)
    items = items[: len(items) - later]
    with Attempt(progress, asker, context.command("review")) as attempt:
        attempt.say(*losses(progress, context), *map(str, progress.broken))
        if not items and not json:
            attempt.say(
                _review_next(*when(waiting, now))
                if waiting
                else _("Nothing to review. Questions you miss will come back here.")
            )
        outcomes = attempt.ask(items)
        if json:
            from grader.render.json import show

            show(result(attempt))
        elif outcomes:
            attempt.end(worth(outcomes), again=False)
            if later:
                attempt.say(
                    ngettext(
                        "{count} more question waits for the next time.",
                        "{count} more questions wait for the next time.",
                        later,
                    ).format(count=later)
                )
            attempt.follow(coming_back(progress, context))
    return PASSED if all(outcome.right for outcome in outcomes) else NOT_PASSED


def _review_next(count: int, when: str) -> str:
    return ngettext(
        "Nothing to review now; {count} question comes back {when}.",
        "Nothing to review now; {count} questions come back {when}.",
        count,
    ).format(count=count, when=when)
