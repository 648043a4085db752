"""What a new workspace begins with: its folders and files."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.notebooks import as_notebook
from grader.cli import files
from grader.cli.context import quoted
from grader.cli.exits import Complaint
from grader.cli.files import relative, shown
from grader.cli.guide import guide
from grader.cli.vscode import settings
from grader.course import Course
from grader.folder import behind_links
from grader.i18n import _


def made(folder: Path, make: str) -> Path:
    """Make a folder and those above it, unless they are there; its path behind links.

    Args:
        make: a command that makes another folder.
    """
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
        ways = (folder, *folder.parents)
        if link := next((each for each in ways if each.is_symlink() and not each.exists()), None):
            raise Complaint(
                _(
                    "{file} is a link that leads nowhere: name another folder, such as `{command}`."
                ).format(file=shown(link), command=make)
            ) from None
        raise Complaint(files.not_written(shown(folder), error.strerror or "")) from None


def require_folder(path: Path) -> None:
    """Make a folder of a workspace, unless it is there.

    Raises:
        Complaint: something else is there, or it can't be made.
    """
    if path.is_symlink():  # nothing is written through one
        raise Complaint(files.is_link(shown(path), files.MOVE))
    if path.exists() and not path.is_dir():
        raise Complaint(files.no_folder(shown(path), files.MOVE))
    made(path, "")


def beginning(
    course: Course, root: Path, notebooks: bool, install: str, vscode: bool
) -> Iterator[tuple[Path, bytes]]:
    """What a learner's folder begins with; empty for what is there in the other form."""
    for each in course.exercises:
        file = root / "exercises" / each.stub.name
        notebook = file.with_suffix(".ipynb")
        path, other = (notebook, file) if notebooks else (file, notebook)
        if os.path.lexists(other) and not os.path.lexists(path):
            yield other, b""
        else:
            yield path, as_notebook(each, install) if notebooks else each.made_stub().encode()
    script = _activates()
    activate = quoted("source", str(script)) if script is not None else ""
    yield root / "README.md", guide(course, activate).encode()
    if vscode:
        for name, content in settings().items():
            yield root / ".vscode" / name, content.encode()


def activating(program: tuple[str, ...]) -> list[tuple[str, str]]:
    """What lets this terminal find ``grade``, in words and as a command; nothing if it does.

    Args:
        program: the words that start this program, as commands name it.
    """
    script = _activates()
    if program != ("grade",) or shutil.which("grade") or script is None:
        return []
    return [(_("Let this terminal find grade:"), quoted("source", relative(script)))]


def _activates() -> Path | None:
    """The script that lets a new terminal find ``grade``; none where each of them does."""
    script, found = Path(sys.prefix, "bin", "activate"), shutil.which("grade")
    elsewhere = found is not None and Path(found).parent != script.parent
    return None if elsewhere or not script.is_file() else script
