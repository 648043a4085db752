"""Writes files of the learner: whole, or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from grader.cli.common import Complaint
from grader.cli.grade import shown
from grader.render import texts


def write_new(path: Path, content: bytes) -> bool:
    """Write a file where there is none; ``False`` if there is one, which stays as it is.

    Raises:
        Complaint: it can't be written.
    """
    with _written(path, content) as temporary:
        try:
            os.link(temporary, path)  # fails where there is one, whoever wrote it meanwhile
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if os.path.lexists(path):
                return False
            temporary.rename(path)
    return True


def replace(path: Path, content: bytes) -> None:
    """Put another content in a file's place.

    Raises:
        Complaint: it can't be written; the file is as it was.
    """
    path = path.resolve()  # a link stays a link
    with _written(path, content) as temporary:
        with suppress(FileNotFoundError):
            shutil.copymode(path, temporary)
        temporary.replace(path)


@contextmanager
def _written(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file beside the path, which is gone afterwards if it is still there."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        try:
            with temporary.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            yield temporary
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Complaint(texts.not_written(shown(path), reason)) from error
