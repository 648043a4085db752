"""``grade init``: a folder of one's own with all that is to be written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.commands.grade import relative, shown
from grader.cli.common import PASSED, Complaint, CourseOption, command, console, quoted
from grader.render import texts

if TYPE_CHECKING:
    from grader.course import Course


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="The folder; this one if none is named."),
    ] = None,
    course: CourseOption = None,
) -> int:
    """Make a folder to work in, with a file for each exercise; what is there stays."""
    from grader.cli.atomic import write_new
    from grader.course import Course
    from grader.render import terminal
    from grader.workspace import Workspace

    opened = Course.open(course)
    make = command(course, "init", "work")
    root = _made(Path.cwd() if folder is None else folder.expanduser(), make)
    above = Workspace.find(opened) if folder is None else None
    if above is not None and above.root != root:
        raise Complaint(texts.init_inside(shown(above.root), make))
    if other := Workspace(root).read_only:
        raise Complaint(other)
    _made(root / "exercises", make)
    kept: list[str] = []
    wrote: list[str] = []
    for name, content in _files(opened).items():
        (wrote if write_new(root / name, content) else kept).append(shown(root / name))
    screen = console()
    for title, paths in ((texts.INIT_KEPT, kept), (texts.INIT_WROTE, wrote)):
        for path in paths:
            screen.print(terminal.words(f" {title:<5}  {path}"), soft_wrap=True)
    first = opened.exercises[0]
    steps = [(texts.write(f"exercises/{first.stub.name}"), command(course, first.id))]
    if root != Path.cwd():
        there = course and course.expanduser().resolve()  # seen from the other folder
        steps[0] = (steps[0][0], command(there, first.id))
        steps.insert(0, ("", quoted("cd", relative(root))))
    if not wrote:
        screen.print(terminal.note(texts.INIT_NOTHING))
    screen.print("", terminal.following(steps), sep="\n")
    return PASSED


def _made(folder: Path, make: str) -> Path:
    """Make a folder and those above it, unless they are there; its path behind links.

    Args:
        make: a command that makes another folder.
    """
    from grader.folder import behind_links

    try:
        real = behind_links(folder)
        real.mkdir(parents=True, exist_ok=True)
        return real
    except (FileExistsError, NotADirectoryError):
        ways = (folder, *folder.parents)
        file = next((path for path in ways if path.exists() and not path.is_dir()), folder)
        raise Complaint(texts.init_is_file(shown(file), make)) from None
    except OSError as error:
        raise Complaint(texts.not_written(shown(folder), error.strerror or "")) from None


def _files(course: "Course") -> dict[str, bytes]:
    """What a learner's folder begins with."""
    files = {f"exercises/{each.stub.name}": each.made_stub() for each in course.exercises}
    titles = [(each.id, each.title) for each in course.exercises]
    quizzes = any(each.quiz.is_file() for each in course.exercises)
    files["README.md"] = texts.guide(titles, quizzes)
    return {name: text.encode() for name, text in files.items()}
