"""A dataclass whose annotations are not evaluated, and type aliases."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(order=True)
class Image:
    confidence: float
    position: int
    label: int = field(compare=False)
    seen: list[Sequence[float]] = field(default_factory=list, compare=False)


def look(probabilities: np.ndarray) -> list[Image]:
    return [Image(row.max(), i, int(row.argmax())) for i, row in enumerate(probabilities)]


def softmax(scores: np.ndarray) -> np.ndarray:
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.array([image.label for image in look(probabilities)])


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return sum(a == b for a, b in zip(predicted_labels(probabilities), labels)) / len(labels)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.array([image.position for image in sorted(look(probabilities))[:k]])
