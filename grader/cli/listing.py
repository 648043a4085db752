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
    rows = [
        (each.id, each.title, _passed(workspace, each), len(each.checks))
        for each in opened.exercises
    ]
    due = next((name for name, _, passed, total in rows if passed != total), rows[0][0])
    screen = console()
    screen.print(terminal.exercises(rows), "", terminal.following([("", f"grade {due}")]), sep="\n")
    return PASSED


def _passed(workspace: "Workspace | None", exercise: "Exercise") -> int | None:
    """How many checks passed in the last run."""
    from grader.workspace import WorkspaceError

    with suppress(WorkspaceError):
        last = workspace.last(exercise) if workspace else None
        return None if last is None else list(last.values()).count("passed")
    return None
