"""What a kernel has run, as a notebook: the source of its cells, never what they made."""

import json
import re
from collections.abc import Mapping, Sequence

from grader.engine.notebook import MAX_CELLS
from grader.engine.precheck import precheck
from grader.submission import MAX_SIZE, Code, Lines

Placed = tuple[
    tuple[str, str], ...
]  # the place of each line, such as "cell 7, line 3", and its text


def executed(history: Sequence[str]) -> bytes:
    """A notebook of the cells that have run, with the numbers that the kernel gave them.

    Of cells that ran again as they were only the last run is taken; of more than are graded, the
    newest.

    Args:
        history: the source of each cell by its number; the first is nobody's.
    """
    cells: dict[str, int] = {}
    left = MAX_SIZE - 1
    for number in range(len(history) - 1, 0, -1):
        source = history[number]
        left -= len(source) + 1
        if left < 0 or len(cells) == MAX_CELLS:
            break
        if source.strip():
            cells.setdefault(source, number)
    made = [
        {"cell_type": "code", "execution_count": number, "source": source}
        for source, number in reversed(cells.items())
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def placed(data: bytes, functions: tuple[str, ...]) -> Placed:
    """What would be graded of a notebook; nothing if it can't be graded."""
    code = precheck(data, functions)
    if not isinstance(code, Code):
        return ()
    places = Lines(code.text, code.cells)
    lines = enumerate(code.text.split("\n"), 1)
    return tuple((places.place(number), line) for number, line in lines if line.strip())


def not_defined(history: Sequence[str], names: tuple[str, ...]) -> str:
    """The first of these names that no cell that has run defines; empty if all are."""
    text = "\n".join(history)
    return next((name for name in names if not _defines(text, name)), "")


def worked_on(history: Sequence[str], required: Mapping[str, tuple[str, ...]]) -> str:
    """The exercise that the cells are about: the one whose function was defined last, of those
    that are defined as a whole; empty if there is none.

    Args:
        history: the source of each cell by its number.
        required: the names that each exercise needs.
    """
    whole = {each: names for each, names in required.items() if not not_defined(history, names)}
    for source in reversed(history):
        counts = {e: sum(_defines(source, n) for n in names) for e, names in whole.items()}
        most = [each for each in counts if counts[each] == max(counts.values()) > 0]
        if len(most) == 1:  # a name may be in two exercises
            return most[0]
    return ""


def _defines(text: str, name: str) -> bool:
    pattern = rf"^[ \t]*(?:(?:def|class) +{name}\b|{name} *=)"
    return re.search(pattern, text, re.MULTILINE) is not None
