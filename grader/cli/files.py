"""Files of the learner, as commands show, read and write them; what fails is one sentence."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TypeVar

from grader import folder
from grader.clean import line
from grader.cli.exits import Complaint
from grader.i18n import _

MOST = 16 << 20  # bytes of a file that is read
MOVE = _("Move it away, then try again.")


def shown(path: Path) -> str:
    """A path as short as it can be from here, in one line."""
    return line(relative(path))


def relative(path: Path) -> str:
    """The same as it is, to be used in a command."""
    with suppress(ValueError):
        return str(path.absolute().relative_to(Path.cwd()))
    return str(path)


def read(path: Path, reset: str) -> bytes:
    """The bytes of the learner's file.

    Args:
        path: the file.
        reset: a command that makes it anew.

    Raises:
        Complaint: there is none, or it can't be read.
    """
    file = shown(path)
    try:
        content = folder.read(path, MOST + 1)
    except FileNotFoundError:
        raise Complaint(file_gone(file, reset)) from None
    except IsADirectoryError:
        raise Complaint(is_folder(file)) from None
    except PermissionError:
        raise Complaint(unreadable(file)) from None
    except OSError as error:
        raise Complaint(
            _("{file} is not read: {reason}. Put the file itself there.").format(
                file=file, reason=error.strerror or ""
            )
        ) from None
    if len(content) > MOST:  # a part of it would be lost in a copy
        raise Complaint(
            _(
                "{file} is larger than {most} MiB, so it is not read. Move it "
                "away; then `{command}` restores the starter version."
            ).format(file=file, most=MOST >> 20, command=reset)
        )
    return content


def require(path: Path, reset: str = "") -> None:
    """See that there is a file to grade; ``reset`` is a command that would make it.

    Raises:
        Complaint: there is none, or it can't be read.
    """
    if path.is_dir():
        raise Complaint(
            _("{file} is a folder; give the path of your Python file after --file.").format(
                file=shown(path)
            )
        )
    if not path.exists():
        gone = (
            file_gone(shown(path), reset)
            if reset
            else (
                _("There is no file {file}. Give the path of your file after --file.").format(
                    file=shown(path)
                )
            )
        )
        raise Complaint(gone)
    if not os.access(path, os.R_OK):
        raise Complaint(unreadable(shown(path)))


def write_new(path: Path, content: bytes, mode: int | None = None) -> bool:
    """Write a file where there is none; ``False`` if there is one, which stays as it is.

    Raises:
        Complaint: it can't be written.
    """
    with _worded(path):
        return folder.write_new(path, content, mode)


def put(path: Path, content: bytes) -> None:
    """Write a file that a person has named; one that is there is replaced.

    Raises:
        Complaint: it can't be written; what was there is as it was.
    """
    require_place(path)
    with _worded(path):
        folder.replace(folder.behind_links(path.expanduser().parent) / path.name, content)


_AnyPath = TypeVar("_AnyPath", Path, Path | None)


def require_place(path: _AnyPath) -> _AnyPath:
    """See that a file that a person has named can be written, before anything is done for it.

    Raises:
        Complaint: it can't be.
    """
    if path is not None:
        full = path.expanduser()
        try:
            above = folder.behind_links(full.parent)
        except (FileNotFoundError, NotADirectoryError):
            above = full.parent
        except OSError as error:
            raise Complaint(
                _("{file} can't be written: {reason}. Give another path.").format(
                    file=shown(path), reason=error.strerror
                )
            ) from None
        if refusal := _refusal(above / full.name, path, _("Name another file.")):
            raise Complaint(refusal)
    return path


def _refusal(path: Path, typed: Path, fix: str) -> str:
    """Why no file can be written there, whatever is in it, and what to do; empty if one can.

    Args:
        path: the file's.
        typed: the same as it is shown.
        fix: what to do, a sentence.
    """
    file, above = shown(typed), shown(typed.parent)
    if not path.parent.exists():
        return _("There is no folder {folder}. Make it, or name another file.").format(folder=above)
    if not path.parent.is_dir():
        return no_folder(above, fix)
    if path.is_symlink():
        return is_link(file, fix)
    if path.is_dir():
        return _("{file} is a folder, not a file. {fix}").format(file=file, fix=fix)
    if path.exists() and not path.is_file():
        return _("{file} is no regular file. {fix}").format(file=file, fix=fix)
    if owner := folder.stranger(path.parent):
        return _("{folder} belongs to {owner}, and grade only reads there. {fix}").format(
            folder=above, owner=owner, fix=fix
        )
    if not os.access(path.parent, os.W_OK | os.X_OK):
        return not_written(file, os.strerror(errno.EACCES))
    return ""


def dated(path: Path) -> Iterator[Path]:
    """Names for a copy beside a file, one after the other: the file's, with the time of day.

    ``grader.stub.DATED`` finds them.
    """
    stem = f"{path.stem}.{datetime.now():%Y-%m-%d_%H-%M}"
    yield path.with_name(f"{stem}{path.suffix}")
    for number in count(2):
        yield path.with_name(f"{stem}_{number}{path.suffix}")


def replace(path: Path, content: bytes) -> None:
    """Put another content in a file's place.

    Raises:
        Complaint: it can't be written; the file is as it was.
    """
    with _worded(path):
        folder.replace(path, content)


@contextmanager
def _worded(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        refusal = ""
        with suppress(OSError):
            refusal = _refusal(path, path, MOVE)
        reason = error.strerror or type(error).__name__
        raise Complaint(refusal or not_written(shown(path), reason)) from error


def file_gone(file: str, command: str) -> str:
    return _("There is no file {file}. `{command}` restores the starter version.").format(
        file=file, command=command
    )


def no_folder(file: str, fix: str) -> str:
    return _("{file} is a file, not a folder. {fix}").format(file=file, fix=fix)


def is_link(file: str, fix: str) -> str:
    return _("{file} is a link, and grade does not write through links. {fix}").format(
        file=file, fix=fix
    )


def is_folder(file: str) -> str:
    return _("{file} is a folder; a Python file belongs there.").format(file=file)


def unreadable(file: str) -> str:
    return _("{file} can't be read: check its permissions.").format(file=file)


def not_written(file: str, reason: str) -> str:
    return _(
        "{file} can't be written ({reason}); what was there is unchanged. Free some space, "
        "or make the folder writable, then try again."
    ).format(file=file, reason=reason)


def missing(path: Path, reset: str) -> str:
    """Why there is no file to grade, if there is none; ``reset`` is the command that makes it."""
    if path.is_dir():
        return is_folder(shown(path))
    if not path.exists():
        return _("There is no file {file}. Create it with `{command}`.").format(
            file=shown(path), command=reset
        )
    return "" if os.access(path, os.R_OK) else unreadable(shown(path))
