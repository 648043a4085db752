"""A folder of files that are all made again: it is exchanged as a whole, or stays as it is."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from grader import folder
from grader.classroom.classfolder import SUBMISSIONS, free_name
from grader.classroom.manifest import Entry
from grader.errors import ClassError
from grader.i18n import _


@contextmanager
def exchanged(target: Path, ours: Iterable[str]) -> Iterator[Path]:
    """An empty folder to write to, which is put in the place of another at the end.

    Args:
        target: the folder; there need not be one yet. The folder that it is in is the current
            user's, and no part of its path is a link.
        ours: what may be in the old one: it is deleted.

    Raises:
        ClassError: the old one has other things in it, or the new one can't be written; the old
            one is as it was.
    """
    try:
        _require_ours(target, set(ours))
        with folder.opened(target.parent) as parent:
            parent.require_own()
        made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise _unwritten(target, error) from error
    try:
        yield made
        old = made.with_name(f"{made.name}~")
        with suppress(FileNotFoundError):
            target.rename(old)
        try:
            made.rename(target)
        except OSError:
            with suppress(FileNotFoundError):  # there was none
                old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise _unwritten(target, error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _require_ours(target: Path, ours: set[str]) -> None:
    if target.is_symlink() or (os.path.lexists(target) and not target.is_dir()):
        raise ClassError(
            _("{target} is not a folder. Move it away, then try again.").format(target=target)
        )
    with suppress(FileNotFoundError):
        if others := sorted(set(os.listdir(target)) - ours):
            raise ClassError(
                _(
                    "{target} is not from grade, and the whole folder is made again. "
                    "Move it to another folder, then try again."
                ).format(target=target / others[0])
            )


def _unwritten(target: Path, error: OSError) -> ClassError:
    return ClassError(
        _(
            "{target} can't be written ({reason}). Make room on the disk, or check its "
            "permissions; what was there is unchanged."
        ).format(target=target, reason=error.strerror or error)
    )


def learner_folders(entries: Iterable[Entry]) -> dict[str, str]:
    """A folder's name for each learner: the one of their submissions, if that is free.

    Whatever a manifest says, it is one part of a path, and no two learners share it.
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for entry in entries:
        if entry.learner in found:
            continue
        parts = PurePosixPath(entry.file).parts
        wanted = parts[1] if len(parts) == 4 and parts[0] == SUBMISSIONS else entry.learner
        found[entry.learner] = free_name(wanted, taken)
    return found
