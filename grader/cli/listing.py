"""``grade list``: the exercises of a course, and how far the learner is."""

from contextlib import suppress
from typing import TYPE_CHECKING

from grader.cli.common import PASSED, CourseOption, console

if TYPE_CHECKING:
    from grader.course import Exercise
    from grader.workspace import Workspace


def list_exercises(course: CourseOption = None) -> int:
    """List the exercises, and how far you are."""
    from grader.course import Course
    from grader.render import terminal
    from grader.workspace import Workspace

    opened = Course.open(course)
    workspace = Workspace.find(opened)
    rows = [(each.id, each.title, *_passed(workspace, each)) for each in opened.exercises]
    due = next((name for name, _, passed, total in rows if passed < total or not total), rows[0][0])
    screen = console()
    screen.print(terminal.exercises(rows), "", terminal.following([("", f"grade {due}")]), sep="\n")
    return PASSED


def _passed(workspace: "Workspace | None", exercise: "Exercise") -> tuple[int, int]:
    """How many checks passed in the last run, and of how many; nothing is read for the others."""
    from grader.workspace import WorkspaceError

    with suppress(WorkspaceError):
        last = list(((workspace.last(exercise) if workspace else None) or {}).values())
        return last.count("passed"), len(last)
    return 0, 0
