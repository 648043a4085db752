"""``grade demo``: what gradings look like, on files of the course itself."""

from typing import TYPE_CHECKING

from grader.cli.context import Context
from grader.cli.exits import NOT_PASSED, PASSED
from grader.cli.options import CourseOption
from grader.i18n import _

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course import Exercise


def demo(course: CourseOption = None) -> int:
    """Show what grading looks like, on an untouched, a wrong and a correct file."""
    from grader.cli.beginning import activating
    from grader.engine.grading import grade
    from grader.engine.server import Server
    from grader.render import terminal
    from grader.render.stream import Stream

    context = Context(course)
    exercise = context.course.exercises[0]
    titles = {check.name: check.title for check in exercise.checks}
    screen, as_meant = context.console, True
    with Server(context.course.root) as server:
        for number, (what, path, passes) in enumerate(_files(exercise), 1):
            screen.print(*([""] if number > 1 else []), terminal.title(number, what), sep="\n")
            hidden = exercise.folder.parent  # its name would not fit into 60 columns
            root = hidden if path.is_relative_to(hidden) else exercise.root
            name = path.relative_to(root).as_posix()  # wherever the course is installed
            screen.print(terminal.heading(exercise.id, exercise.title, name), "", sep="\n")
            with Stream(screen, titles) as stream:
                report = grade(exercise, path, server=server, on_event=stream)
            stream.finish(report)
            body = terminal.body(report)
            screen.print(*body, *([""] if body else []), terminal.score(report), sep="\n")
            as_meant = as_meant and report.passed is passes
    screen.print(*terminal.footer(report), "", sep="\n")
    again = context.elsewhere().command(exercise.id)
    steps = [
        *activating(context.program),
        (_("Make a workspace:"), context.make),
        (
            _("Go there, edit {file}, then run").format(file=f"exercises/{exercise.stub.name}"),
            again,
        ),
    ]
    screen.print(terminal.following(steps))
    return PASSED if as_meant else NOT_PASSED


def _files(exercise: "Exercise") -> "list[tuple[str, Path, bool]]":
    """What is shown: a heading, a file, and whether it passes."""
    mistaken = [
        (_("A typical mistake: {belief}").format(belief=each.belief), each.path, False)
        for each in exercise.misconceptions[:1]
    ]
    return [
        (_("What everyone starts from: nothing is written yet"), exercise.stub, False),
        *mistaken,
        (_("A solution"), exercise.solution, True),
    ]
