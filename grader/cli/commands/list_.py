"""``grade list``: the exercises of a course, and how far the learner is."""

from collections.abc import Mapping

from grader.cli.commands.grade import Keeper
from grader.cli.common import PASSED, CourseOption, command, console


def list_exercises(course: CourseOption = None) -> int:
    """List the exercises, and how far you are."""
    from grader.course import Course
    from grader.render import terminal
    from grader.workspace import Workspace

    opened = Course.open(course)
    workspace = Workspace.find(opened)
    keeper = Keeper(workspace, "")
    known = keeper.known(opened.exercises)
    rows = [(each.id, each.title, *_passed(known[each].last or {})) for each in opened.exercises]
    due = next((name for name, _, passed, total in rows if passed < total or not total), rows[0][0])
    screen = console()
    following = terminal.following([("", command(course, due))])
    screen.print(terminal.exercises(rows), "", following, sep="\n")
    return PASSED


def _passed(verdicts: Mapping[str, str]) -> tuple[int, int]:
    """How many checks passed in the last run, and of how many."""
    return list(verdicts.values()).count("passed"), len(verdicts)
