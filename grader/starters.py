"""The starter versions that a workspace began with, and how a newer one is merged into a file."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from grader import folder
from grader.course import Exercise
from grader.parsing import parse

MOST = 1 << 20  # bytes of a starter version

_LINES = 500  # of a program that is merged: starters have 120, and 2,000 may take a minute


@dataclass(frozen=True)
class Starters:
    """The starter versions that a workspace's files began with.

    Attributes:
        root: the workspace's folder.
    """

    root: Path

    def kept(self, exercise: Exercise) -> str | None:
        """What an exercise's file began with; ``None`` if that was not kept or can't be read."""
        with suppress(OSError, UnicodeDecodeError):
            return folder.read(self._file(exercise), MOST).decode("utf-8")
        return None

    def keep(self, exercise: Exercise) -> None:
        """Remember that an exercise's file begins with today's starter version, if it can be."""
        with suppress(OSError):
            with folder.opened(self.root) as workspace:
                workspace.make(".grade")
            with folder.opened(self.root / ".grade") as own:
                own.make("starters")
            folder.replace(self._file(exercise), exercise.made_stub().encode())

    def changed(self, exercises: Iterable[Exercise]) -> list[Exercise]:
        """The exercises whose starter version is another one today."""
        kept = ((each, self.kept(each)) for each in exercises)
        return [each for each, base in kept if base is not None and base != each.made_stub()]

    def _file(self, exercise: Exercise) -> Path:
        return self.root / ".grade" / "starters" / exercise.stub.name


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes to one program, line by line; ``None`` if they are to the same lines.

    The idea is that of ``diff3``: what both have left as it was divides the rest into pieces, and
    in each piece one of them must have changed nothing.

    Args:
        base: what both began with.
        mine, theirs: the two programs that it has become.

    Returns:
        A program that Python can read, if ``mine`` is one.
    """
    windows = "\r\n" in mine
    old, ours, new = (_lines(text.replace("\r\n", "\n")) for text in (base, mine, theirs))
    if max(map(len, (old, ours, new))) > _LINES:
        return None  # equal lines are compared with each other: so many take minutes
    pieces: list[str] = []
    a = b = c = 0
    for at_a, at_b, at_c, size in _common(old, ours, new):
        before, one, other = old[a:at_a], ours[b:at_b], new[c:at_c]
        if one in (before, other):
            pieces += other
        elif other == before:
            pieces += one
        else:
            return None
        pieces += old[at_a : at_a + size]
        a, b, c = at_a + size, at_b + size, at_c + size
    text = "".join(pieces)
    if _readable(mine) and not _readable(text):
        return None
    return text.replace("\n", "\r\n") if windows else text


def _common(old: list[str], ours: list[str], new: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Runs of lines that all three have: where they begin, and how long they are; the end last."""
    left = SequenceMatcher(None, old, ours, autojunk=False).get_matching_blocks()
    right = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    for a, b, size in left:
        for other, c, length in right:
            begin, end = max(a, other), min(a + size, other + length)
            if begin < end:
                yield begin, b + begin - a, c + begin - other, end - begin
    yield len(old), len(ours), len(new), 0


def _lines(text: str) -> list[str]:
    return re.split(r"(?<=\n)", text)


def _readable(text: str) -> bool:
    try:
        parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
