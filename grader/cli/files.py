"""Files of the learner, as commands show, read and write them; what fails is one sentence."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader import folder
from grader.clean import line
from grader.cli.exits import Complaint
from grader.render import texts

MOST = 16 << 20  # bytes of a file that is read


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
        raise Complaint(texts.file_gone(file, reset)) from None
    except IsADirectoryError:
        raise Complaint(texts.file_is_folder_all(file)) from None
    except PermissionError:
        raise Complaint(texts.file_unreadable(file)) from None
    except OSError as error:
        raise Complaint(texts.file_unsafe(file, error.strerror or "")) from None
    if len(content) > MOST:  # a part of it would be lost in a copy
        raise Complaint(texts.file_huge(file, MOST >> 20, reset))
    return content


def require(path: Path, reset: str = "") -> None:
    """See that there is a file to grade; ``reset`` is a command that would make it.

    Raises:
        Complaint: there is none, or it can't be read.
    """
    if path.is_dir():
        raise Complaint(texts.file_is_folder(shown(path)))
    if not path.exists():
        gone = texts.file_gone(shown(path), reset) if reset else texts.file_missing(shown(path))
        raise Complaint(gone)
    if not os.access(path, os.R_OK):
        raise Complaint(texts.file_unreadable(shown(path)))


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
    with _worded(path):
        folder.replace(folder.behind_links(path.expanduser().parent) / path.name, content)


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
        reason = error.strerror or type(error).__name__
        raise Complaint(texts.not_written(shown(path), reason)) from error
