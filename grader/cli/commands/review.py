"""``grade review``: the questions that come back, when they are due."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from grader.cli.commands.quiz import JsonOption, PlainOption, made_asker, result
from grader.cli.common import NOT_PASSED, PASSED, CourseOption
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

    shelf, now = Shelf.open(course), datetime.now(UTC)
    waiting = shelf.scheduled()
    ready = [each for each in waiting if each.at <= now]
    if due:
        from grader.render.json import show

        show(len(ready))
        return PASSED
    from grader.cli.sitting import Sitting, worth

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
