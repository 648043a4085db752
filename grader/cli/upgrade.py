"""``grade init --upgrade``: the newer starter versions of a course, merged into a workspace."""

import os
from collections.abc import Iterator
from pathlib import Path

from grader.cli.context import Context
from grader.cli.files import dated, read, replace, shown, write_new
from grader.folder import permissions
from grader.i18n import _
from grader.starters import Starters, merged
from grader.submission import is_notebook
from grader.workspace import Workspace


def upgraded(context: Context, workspace: Workspace) -> Iterator[str]:
    """Merge each starter version that has changed; yields a sentence for each file.

    Nothing is lost: a file that changes is kept under another name first, and one that can't be
    merged stays as it is, with the newer starter version beside it.

    Raises:
        Complaint: a file can't be read or written.
    """
    starters = Starters(workspace.root)
    for exercise in context.course.exercises:
        path, fresh = workspace.submission(exercise), exercise.made_stub()
        if not os.path.lexists(path):
            continue  # init writes it
        base, content = starters.kept(exercise), read(path, context.command("reset", exercise.id))
        if fresh == base:
            continue
        if content != fresh.encode():
            yield _merged(path, content, base, fresh)
        starters.keep(exercise)


def _merged(path: Path, content: bytes, base: str | None, fresh: str) -> str:
    """Bring one file up to date with today's starter version; what was done."""
    file, result = shown(path), None
    if base is not None and not is_notebook(content):
        try:
            result = merged(base, content.decode("utf-8"), fresh)
        except UnicodeDecodeError:
            result = None
    if result is None:
        beside = _beside(path, fresh)
        if base is None:
            return _(
                "{file} stays as it is: it is not known which starter version it began with. "
                "Compare it with today's, {other}."
            ).format(file=file, other=shown(beside))
        return _(
            "{file} stays as it is: its changes and the course's can't be merged. Compare it with "
            "the newer starter version, {other}."
        ).format(file=file, other=shown(beside))
    if content.decode("utf-8") == base:
        replace(path, fresh.encode())
        return _("{file} is the newer starter version now; you had changed nothing.").format(
            file=file
        )
    mode = permissions(path)
    backup = next(name for name in dated(path) if write_new(name, content, mode))
    replace(path, result.encode())
    return _("{file} has the course's changes and yours. As it was, it is in {backup}.").format(
        file=file, backup=shown(backup)
    )


def _beside(path: Path, fresh: str) -> Path:
    """Write today's starter version beside a file, under a name that is free."""
    name = path.with_name(f"{path.stem}.starter.py")
    return next(each for each in dated(name) if write_new(each, fresh.encode()))
