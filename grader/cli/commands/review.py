"""``grade review``: the questions that come back, when they are due."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED
from grader.cli.options import CourseOption, JsonOption, PlainOption
from grader.render import texts


def review(
    due: Annotated[
        bool, typer.Option("--due", help="Only print how many questions are due.")
    ] = False,
    json: JsonOption = False,
    plain: PlainOption = False,
    course: CourseOption = None,
) -> int:
    """Answer what you missed before, once it is due again."""
    from grader.quiz.progress import Shelf, soonest

    context, now = Context(course), datetime.now(UTC)
    shelf = Shelf(context.course, context.workspace, context.command)
    waiting = shelf.scheduled()
    ready = [each for each in waiting if each.at <= now]
    if due:
        from grader.render.json import show

        show(len(ready))
        return PASSED
    from grader.cli.sitting import Sitting, result, worth
    from grader.cli.terminal.prompts import made_asker

    asker = made_asker(plain=plain, json=json)
    exercises = {exercise.stem: exercise for exercise in shelf.course.exercises}
    items = [
        (exercises[each.stem], question)
        for each in ready
        if (question := shelf.quizzes[each.stem].question(each.question))
    ]
    with Sitting(shelf, asker, shelf.command("review")) as sitting:
        shelf.tell_losses(sitting.say)
        sitting.say(*map(str, shelf.broken))
        if not items and not json:
            sitting.say(
                texts.review_next(*soonest(waiting, now)) if waiting else texts.REVIEW_EMPTY
            )
        outcomes = sitting.ask(items, review=True)
        if json:
            from grader.render.json import show

            show(result(sitting))
        elif outcomes:
            sitting.end(worth(outcomes), again=False)
            step = shelf.review_step(datetime.now(UTC))
            sitting.follow([step] if step else [])
    return PASSED if all(outcome.right for outcome in outcomes) else NOT_PASSED
