"""What a check shows besides its verdict, after a pass too: how the learner's own model trained."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

MOST = 200  # epochs
_CURVES = ("loss", "val_loss")
_shown: dict[str, Any] = {}


def begin() -> None:
    """A check begins: it shows nothing yet."""
    _shown.clear()


def details() -> dict[str, Any]:
    """What the check has shown, as details of a report."""
    return dict(_shown)


def show_training(history: Mapping[str, Any]) -> None:
    """Have the losses of the learner's own training drawn, and those on images held back.

    Args:
        history: lists of numbers by name, such as a ``History.history``, which may be the
            learner's; of ``loss`` and ``val_loss`` what is no list of numbers is left out.
    """
    curves = {}
    for name in _CURVES:
        values = history.get(name) if isinstance(history, Mapping) else None
        if isinstance(values, list | tuple) and 0 < len(values) <= MOST:
            if all(isinstance(value, int | float) for value in values):
                curves[name] = [float(v) if math.isfinite(v) else None for v in values]
    if "loss" in curves:
        _shown["training"] = curves


def show_confusion(labels: Sequence[int], predicted: Sequence[int]) -> None:
    """Have it drawn how often garments of each class were taken for which.

    Args:
        labels: (n,) what they are, 0 to 9.
        predicted: (n,) what the learner's model says, 0 to 9.
    """
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (np.asarray(labels, int), np.asarray(predicted, int)), 1)
    _shown["confusion"] = counts.tolist()
