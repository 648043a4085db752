"""``grade init``: a folder of one's own with all that is to be written."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli import files
from grader.cli.context import Context, quoted
from grader.cli.exits import PASSED, Complaint
from grader.cli.files import relative, shown, write_new
from grader.cli.guide import guide
from grader.cli.last import remember
from grader.cli.options import CourseOption, option
from grader.i18n import _
from grader.render import offers

if TYPE_CHECKING:
    from grader.course import Course

ADDRESS = re.compile(r"[\w+~:/@=#%&?.,\[\]][\w+~:/@=#%&?.,\[\]-]{0,300}")  # no word of a shell
NO_ADDRESS = _(
    "--install takes what pip can install: a name or an address, without spaces and quotes."
)
NO_NOTEBOOKS = _("--install is about the first cell of notebooks. Add --notebooks.")
ELSEWHERE = _("VS Code or Jupyter? {command} explains --vscode and --notebooks.")


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help=_("The folder; this one if none is named.")),
    ] = None,
    notebooks: Annotated[
        bool, typer.Option("--notebooks", help=_("Write the exercises as notebooks, for Jupyter."))
    ] = False,
    install: Annotated[
        str,
        option("--install", "ADDRESS", _("Where notebooks install the grader from, as on Colab.")),
    ] = "",
    vscode: Annotated[
        bool, typer.Option("--vscode", help=_("Write tasks and a debugger's start for VS Code."))
    ] = False,
    upgrade: Annotated[
        bool,
        typer.Option(
            "--upgrade", help="Merge the course's newer starter versions into your files."
        ),
    ] = False,
    course: CourseOption = None,
) -> int:
    """Make a folder to work in, with a file for each exercise; what is there stays."""
    from grader.cli.upgrade import upgraded
    from grader.render import guidance, terminal
    from grader.render.lines import words
    from grader.starters import Starters
    from grader.workspace import Workspace

    if install and not (notebooks and ADDRESS.fullmatch(install)):
        raise Complaint(NO_ADDRESS if notebooks else NO_NOTEBOOKS)
    context = Context(course)
    opened, make = context.course, context.make
    root = _made(Path.cwd() if folder is None else folder.expanduser(), make)
    above = context.workspace if folder is None else None
    if above is not None and above.root != root:
        raise Complaint(
            _(
                "This folder is inside {workspace}, which already has the "
                "exercises. Continue there, or name another folder, such as "
                "`{command}`."
            ).format(workspace=shown(above.root), command=make)
        )
    if other := Workspace(root, make=make).read_only:
        raise Complaint(other)
    for name in ("exercises", *([".vscode"] if vscode else [])):
        _made(root / name, make)
    screen = context.console
    told = list(upgraded(context, Workspace(root, make=make))) if upgrade else []
    screen.print(*map(guidance.sentence, told), *([""] if told else []), sep="\n", end="")
    kept: list[str] = []
    wrote: list[str] = []
    for file, content in _files(opened, root, notebooks, install, vscode):
        (wrote if content and write_new(file, content) else kept).append(shown(file))
    for each in opened.exercises:
        if shown(Workspace(root).submission(each)) in wrote:
            Starters(root).keep(each)
    for title, paths in ((_("kept"), kept), (_("wrote"), wrote)):
        for path in paths:
            screen.print(words(f" {title:<5}  {path}"), soft_wrap=True)
    first = opened.exercises[0]
    steps = []
    if root != Path.cwd():
        steps.append(("", quoted("cd", relative(root))))
        context = context.elsewhere()
    begin = Workspace(root).submission(first).relative_to(root)
    steps.append((offers.write(str(begin)), context.command(first.id)))
    if not wrote and not told:
        screen.print(terminal.note(_("Everything was already there. Nothing was changed.")))
    if wrote and not notebooks and not vscode:
        screen.print("", terminal.note(ELSEWHERE.format(command=context.command("init", "--help"))))
    screen.print("", terminal.following(steps), sep="\n")
    if course is None:
        remember(root)
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
        raise Complaint(
            _("{file} is a file, not a folder: name another folder, such as `{command}`.").format(
                file=shown(file), command=make
            )
        ) from None
    except OSError as error:
        raise Complaint(files.not_written(shown(folder), error.strerror or "")) from None


def _files(
    course: "Course", root: Path, notebooks: bool, install: str, vscode: bool
) -> Iterator[tuple[Path, bytes]]:
    """What a learner's folder begins with; empty for what is there in the other form."""
    from grader.authoring.notebooks import as_notebook

    for each in course.exercises:
        file = root / "exercises" / each.stub.name
        notebook = file.with_suffix(".ipynb")
        path, other = (notebook, file) if notebooks else (file, notebook)
        if os.path.lexists(other) and not os.path.lexists(path):
            yield other, b""
        else:
            yield path, as_notebook(each, install) if notebooks else each.made_stub().encode()
    titles = [(each.id, each.title) for each in course.exercises]
    quizzes = any(each.quiz.is_file() for each in course.exercises)
    yield root / "README.md", guide(titles, quizzes).encode()
    if vscode:
        from grader.cli.vscode import settings

        for name, content in settings().items():
            yield root / ".vscode" / name, content.encode()
