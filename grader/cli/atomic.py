"""Writes files of the learner, in folders of the current user only."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from grader import folder
from grader.cli.commands.grade import shown
from grader.cli.common import Complaint
from grader.render import texts


def write_new(path: Path, content: bytes, mode: int | None = None) -> bool:
    """Write a file where there is none; ``False`` if there is one, which stays as it is.

    Raises:
        Complaint: it can't be written.
    """
    with _told(path):
        return folder.write_new(path, content, mode)


def replace(path: Path, content: bytes) -> None:
    """Put another content in a file's place.

    Raises:
        Complaint: it can't be written; the file is as it was.
    """
    with _told(path):
        folder.replace(path, content)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Complaint(texts.not_written(shown(path), reason)) from error
