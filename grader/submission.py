"""A learner's file for an exercise: whose it is, where it lies, its bytes and its text."""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from grader import folder
from grader.errors import GradingError

MAX_SIZE = 256 << 10  # bytes that are graded


@dataclass(frozen=True)
class Submission:
    """One file for one exercise; plain data, which any process may be given.

    Attributes:
        exercise: the exercise's stem, such as ``"ex3_flatten"``.
        path: the file; its name is what tracebacks call it, also where ``data`` is given.
        learner: whose it is; empty for one's own.
        digest: what ``digest_of`` its bytes was when it was collected; empty if nobody has looked.
        submitted: when it was handed in, if that is known.
        data: its bytes, where it is no file.
        follow_links: whether links of the current user in the path are followed, see
            ``grader.folder.read``; otherwise no part of it may be a link: one of a stranger's
            could lead to another learner's work.
    """

    exercise: str
    path: Path
    learner: str = ""
    digest: str = ""
    submitted: datetime | None = None
    data: bytes | None = field(default=None, repr=False)
    follow_links: folder.Follow = False

    def read(self) -> bytes:
        """Its bytes, or one more than are graded.

        Raises:
            GradingError: it can't be read, or it is not what was collected.
        """
        try:
            data = read(self.path, self.follow_links) if self.data is None else self.data
        except OSError as error:
            raise GradingError(
                f"{self.path} can't be read: {error.strerror}. Give the path of a Python file "
                "itself."
            ) from error
        if self.digest and self.digest != digest_of(data):
            raise GradingError(f"{self.path} has changed since it was collected. Collect it again.")
        return data[: MAX_SIZE + 1]


@dataclass(frozen=True)
class Code:
    """A submission's text, and whether it imports TensorFlow or Keras."""

    text: str
    tensorflow: bool


def read(path: Path, follow_links: folder.Follow = False) -> bytes:
    """A file's bytes, or one more than are graded; see ``Submission`` for links.

    Raises:
        OSError: it can't be read, or it is a pipe or a device, which may have no end.
    """
    return folder.read(path, MAX_SIZE + 1, follow_links)


def digest_of(data: bytes) -> str:
    """The SHA-256 of a submission's bytes, in hexadecimal; of a larger one's first 262,145."""
    return hashlib.sha256(data[: MAX_SIZE + 1]).hexdigest()


def lines(text: str) -> list[str]:
    """The lines of a text as Python counts them: a form feed, for one, begins none."""
    return re.split(r"\r\n?|\n", text)
