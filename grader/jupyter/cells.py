"""What a kernel has run, as a notebook: the source of its cells, never what they made."""

import json
from collections.abc import Sequence

from grader.engine.notebook import MAX_CELLS
from grader.submission import MAX_SIZE


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
