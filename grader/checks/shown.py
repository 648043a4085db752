"""What a check shows besides its verdict, after a pass too: the learner's own numbers, drawn."""

import math
import sys
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np

from grader.checks.describe import Garment, describe

MOST = 200  # epochs, or runs
GARMENTS, ROWS = 3, 12  # as many as a screen has room for
_CURVES = ("loss", "val_loss")
_shown: dict[str, Any] = {}


def _finite(value: float) -> float | None:
    """A number that can be drawn: a whole number of Python's may be larger than any float."""
    return float(value) if abs(value) <= sys.float_info.max else None


def begin() -> None:
    """A check begins: it shows nothing yet."""
    _shown.clear()


def details() -> dict[str, Any]:
    """What the check has shown, as details of a report."""
    return dict(_shown)


def show_training(history: Mapping[str, Any], *, note: str = "", epochs: int = 0) -> None:
    """Have the losses of the learner's own training drawn, and those on images held back.

    Args:
        history: lists of numbers by name, such as a ``History.history``, which may be the
            learner's; of ``loss`` and ``val_loss`` what is no list of numbers is left out.
        note: a few words behind the curve, such as where the training stopped, and why.
        epochs: how many there should have been; those that were not run are dots.
    """
    curves = {}
    for name in _CURVES:
        values = history.get(name) if isinstance(history, Mapping) else None
        if isinstance(values, list | tuple) and 0 < len(values) <= MOST:
            if all(isinstance(value, int | float) for value in values):
                curves[name] = list(map(_finite, values))
    if "loss" in curves:
        _shown["training"] = curves
        if note or epochs:
            _shown["training_ends"] = {"note": note, "epochs": min(epochs, MOST)}


def show_confusion(labels: Sequence[int], predicted: Sequence[int]) -> None:
    """Have it drawn how often garments of each class were taken for which.

    Args:
        labels: (n,) what they are, 0 to 9.
        predicted: (n,) what the learner's model says, 0 to 9.
    """
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (np.asarray(labels, int), np.asarray(predicted, int)), 1)
    _shown["confusion"] = counts.tolist()


def show_garments(title: str, garments: Sequence[Garment]) -> None:
    """Have garments drawn after a pass, each above its most probable labels.

    Args:
        title: what they are, such as ``"your three most doubtful images"``.
        garments: the first three are drawn.
    """
    described = [describe(each) for each in garments[:GARMENTS]]
    _shown["garments"] = {"title": title, "garments": described}


def show_dots(
    title: str,
    rows: Mapping[str, Sequence[float]],
    *,
    own: Collection[str] = (),
    span: tuple[str, float, float] | None = None,
) -> None:
    """Have numbers drawn as dots on one scale after a pass, a row for each name.

    Args:
        title: what the numbers are.
        rows: by name, such as the scores of several runs; at most twelve.
        own: the names of the rows that are the learner's, where others are not.
        span: the name and both ends of an interval below them, such as two standard errors.
    """
    numbers = {name: map(_finite, values[:MOST]) for name, values in rows.items()}
    finite = {name: [v for v in values if v is not None] for name, values in numbers.items()}
    _shown["dots"] = {
        "title": title,
        "rows": [
            {"name": name, "values": values, "own": name in own}
            for name, values in list(finite.items())[:ROWS]
        ],
        "span": list(span) if span and all(map(math.isfinite, span[1:])) else None,
    }


def show_cells(title: str, cells: Mapping[str, Mapping[str, float]]) -> None:
    """Have shares drawn as a small table of bars after a pass.

    Args:
        title: what they are shares of.
        cells: 0 to 1, by the name of the row and that of the column.
    """
    _shown["cells"] = {
        "title": title,
        "rows": {
            row: {
                column: float(np.clip(np.nan_to_num(share), 0, 1)) for column, share in each.items()
            }
            for row, each in cells.items()
        },
    }
