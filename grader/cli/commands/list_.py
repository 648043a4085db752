"""``grade list``: the exercises of a course, and how far the learner is."""

from collections.abc import Mapping

from grader.cli.context import WATCHED, Context
from grader.cli.exits import PASSED
from grader.cli.options import CourseOption
from grader.render import offers


def list_exercises(course: CourseOption = None) -> int:
    """List the exercises, and how far you are."""
    from grader.render import terminal

    context = Context(course)
    with context.looking():
        known, current = context.known(*context.course.exercises), context.current()
    rows = [(each.id, each.title, *_passed(known[each].last or {})) for each in known]
    context.console.print(terminal.exercises(rows))
    if WATCHED.get() is not None:  # the keys are below it
        return PASSED
    step = ("", context.command(current.id))
    if context.workspace is None and context.named is None:  # there is no file to grade
        step = (offers.MAKE_WORKSPACE, context.make)
    context.console.print("", terminal.following([step]), sep="\n")
    return PASSED


def _passed(verdicts: Mapping[str, str]) -> tuple[int, int]:
    """How many checks passed in the last run, and of how many."""
    return list(verdicts.values()).count("passed"), len(verdicts)
