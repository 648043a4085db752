"""The workspace that was used last, so that ``grade`` in any other folder can name it.

It is one line in ``$XDG_STATE_HOME/eight-questions/workspace``, see the XDG Base Directory
Specification; nothing depends on it.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from grader import folder

if TYPE_CHECKING:
    from grader.course import Course

_LONGEST = 4096  # bytes of a path


def remember(root: Path) -> None:
    """Keep a workspace's folder, if that can be done."""
    content = os.fsencode(root)
    with suppress(OSError):
        if _kept() != content:
            file = _file()
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.replace(file.parent.resolve() / file.name, content)  # a home may be a link


def last(course: "Course") -> Path | None:
    """The workspace that was used last, if it is still one of the course."""
    from grader.workspace import Workspace

    kept = _kept()
    if not kept:
        return None
    root = Path(os.fsdecode(kept))
    with suppress(OSError, ValueError):
        found = Workspace.find(course, root) if root.is_absolute() and root.is_dir() else None
        return root if found is not None and found.root == root else None
    return None


def _file() -> Path:
    home = Path(os.environ.get("XDG_STATE_HOME", ""))
    if not home.is_absolute():  # to be ignored, by the specification
        home = Path.home() / ".local" / "state"
    return home / "eight-questions" / "workspace"


def _kept() -> bytes:
    with suppress(OSError, RuntimeError):  # no home
        return folder.read(_file(), _LONGEST + 1, follow=True)[:_LONGEST]
    return b""
