"""What a program can see is wrong with a screen, whatever stands on it."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.cells import cell_len

_COLOR = re.compile(r"\x1b\[(?:[0-9]+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m")
_CODE = re.compile(r"\x1b")
_COMMAND = re.compile(r"`(?:grade|cd|python|pip) [^`\n]{1,200}`")
_DRAWN = re.compile(r"[^\w`]*")  # bars, curves, pictures, rules: as long as there is room
_PATH = 35  # characters
_NUMBER = re.compile(r"[0-9a-f]{16}|-?[0-9]+(?:\.[0-9]*)?|[][(),]")  # of another run


def too_wide(lines: Sequence[str], columns: int, verbatim: Sequence[str] = ()) -> Iterator[str]:
    """Lines that the terminal would break, but for code and commands in one piece."""
    for line in lines:
        path = len(line.split()) < 3  # it is longer than the line
        if cell_len(line) > columns and not path and line.strip() not in verbatim:
            yield f"{cell_len(line)} columns: {line}"


def empty(lines: Sequence[str]) -> Iterator[str]:
    """Two empty lines in a row; one at the end."""
    for before, after in pairwise(lines):
        if not before.strip() and not after.strip():
            yield "two empty lines"
    if lines and not lines[-1].strip():
        yield "an empty line at the end"


def trailing(written: str) -> Iterator[str]:
    """Lines that end in spaces, of what goes to a file."""
    for line in written.splitlines():
        if line != line.rstrip():
            yield f"spaces at the end: {line.rstrip()}"


def coded(written: str) -> Iterator[str]:
    """Codes for a terminal, where there is none that knows them."""
    if _CODE.search(written):
        yield f"codes: {written[max(_at(_CODE, written) - 20, 0) :][:60]!r}"


def colored(written: str) -> Iterator[str]:
    """Codes for colors."""
    if _COLOR.search(written):
        yield f"colors: {written[max(_at(_COLOR, written) - 20, 0) :][:60]!r}"


def _at(pattern: re.Pattern[str], written: str) -> int:
    found = pattern.search(written)
    return found.start() if found else 0


def foreign(lines: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """What is no ASCII, or has become a question mark, compared to the same screen in UTF-8."""
    for line in lines:
        if not line.isascii():
            yield f"not ASCII: {line}"
    lost = "\n".join(lines).count("?") - "\n".join(others).count("?")
    if lost > 0:
        yield f"{lost} characters are question marks"


def cut(narrow: Sequence[str], wide: Sequence[str]) -> Iterator[str]:
    """Words of a narrow screen that the wide one does not have: they were cut in two."""
    there = set(_words(wide))  # a long one fits into no line
    have = {bare for _, bare in there}
    long = " ".join(each for pair in there for each in pair if len(each) > _PATH)
    for word, bare in dict.fromkeys(_words(narrow)):
        if bare not in have and bare not in long and word not in long:
            yield f"cut: {word}"


def _words(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each word, and what it is without numbers, which differ from run to run."""
    whole = (line for line in lines if "…" not in line)  # the others differ on purpose
    for word in (word for line in whole for word in line.split()):
        bare = _NUMBER.sub("", word)
        if not _DRAWN.fullmatch(bare):
            yield word, bare


def split(narrow: Sequence[str], wide: Sequence[str], columns: int) -> Iterator[str]:
    """Commands in backticks that end in another line than they begin in, though they would fit."""
    commands = {found[0] for found in _COMMAND.finditer(" ".join(" ".join(wide).split()))}
    text = "\n".join(narrow)
    for command in commands:
        if len(command) <= columns // 2 and command not in text:
            broken = re.escape(command).replace(r"\ ", r"\s+")
            if re.search(broken, text):
                yield f"in two lines: {command}"


def led(lines: Sequence[str], sign: str = " next  ") -> Iterator[str]:
    """A screen that does not say in its last lines what is next."""
    if not any(line.startswith(sign) for line in lines[-9:]):
        yield "no next step"


def traced(written: str) -> Iterator[str]:
    """A traceback of ours."""
    if "Traceback (most recent call last)" in written:
        yield "a traceback"
