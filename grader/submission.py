"""A learner's file for an exercise: whose it is, where it lies, its bytes and its text."""

import bisect
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from grader import folder
from grader.errors import GradingError
from grader.i18n import _

MAX_SIZE = 256 << 10  # bytes that are graded
MAX_NOTEBOOK = 8 << 20  # bytes of a notebook, whose pictures are not graded

_NOTEBOOK = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*"(cells|metadata|nbformat|nbformat_minor|worksheets)":'
)


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
                _("{path} can't be read: {reason}. Give the path of a Python file itself.").format(
                    path=self.path, reason=error.strerror
                )
            ) from error
        if self.digest and self.digest != digest_of(data):
            raise GradingError(
                _("{path} has changed since it was collected. Collect it again.").format(
                    path=self.path
                )
            )
        return _graded(data)


@dataclass(frozen=True)
class Code:
    """What is graded of a submission.

    Attributes:
        text: a Python module.
        tensorflow: whether it imports TensorFlow or Keras.
        cells: of a notebook, for each cell in order the line of the text that its first line is,
            and its number.
        notes: sentences about what was left out, or may surprise.
    """

    text: str
    tensorflow: bool
    cells: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


class Lines:
    """The lines of a submission's text as a person finds them: in a notebook, in its cells.

    Args:
        text: a Python module.
        cells: see ``Code``.
    """

    def __init__(self, text: str, cells: Iterable[Iterable[int]] = ()) -> None:
        self.text, self._lines = text, lines(text)
        self._starts, self._numbers = [], []
        for start, number in cells:
            self._starts.append(start)
            self._numbers.append(number)

    def where(self, line: int) -> tuple[int, int | None]:
        """The line as it is counted there, and its cell; none in a file."""
        cell = bisect.bisect_right(self._starts, line) - 1
        if cell < 0:
            return line, None
        return line - self._starts[cell] + 1, self._numbers[cell]

    def place(self, line: int) -> str:
        """What sentences call it: ``"line 3"``, or ``"cell 7, line 3"``."""
        return place(*self.where(line))

    def shown(self, line: int, before: int = 0) -> list[dict[str, Any]]:
        """The line, and some of its cell before it, each as a ``grader.details.Line``."""
        cell = self.where(line)[1]
        found = []
        for number in range(max(1, line - before), min(line, len(self._lines)) + 1):
            counted, its = self.where(number)
            if its == cell:
                shown = {"number": counted, "text": self._lines[number - 1]}
                shown["current"] = number == line
                found.append(shown if cell is None else shown | {"cell": cell})
        return found


def read(path: Path, follow_links: folder.Follow = False) -> bytes:
    """A file's bytes, or one more than are graded; see ``Submission`` for links.

    Raises:
        OSError: it can't be read, or it is a pipe or a device, which may have no end.
    """
    return _graded(folder.read(path, MAX_NOTEBOOK + 1, follow_links))


def is_notebook(data: bytes) -> bool:
    """Whether a file is a notebook, whatever its name."""
    return _NOTEBOOK.match(data) is not None


def _graded(data: bytes) -> bytes:
    """A file's bytes, or one more than are graded."""
    return data[: (MAX_NOTEBOOK if is_notebook(data) else MAX_SIZE) + 1]


def digest_of(data: bytes) -> str:
    """The SHA-256 of a submission's bytes, in hexadecimal; of as many as are ever read."""
    return hashlib.sha256(_graded(data)).hexdigest()


def lines(text: str) -> list[str]:
    """The lines of a text as Python counts them: a form feed, for one, begins none."""
    return re.split(r"\r\n?|\n", text)


def place(line: int, cell: int | None = None) -> str:
    """What sentences call a line: ``"line 3"``, or ``"cell 7, line 3"`` of a notebook."""
    if cell is None:
        return _("line {line}").format(line=line)
    return _("cell {cell}, line {line}").format(cell=cell, line=line)
