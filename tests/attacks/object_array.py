"""Return arrays of objects, each of which is equal to everything.

layer: wire
expect: failed, plain numbers (print its dtype)
proof: exit status
"""

from typing import Any

import numpy as np


class Anything:
    def __eq__(self, other: object) -> bool:
        return True

    def __sub__(self, other: object) -> int:
        return 0

    def __abs__(self) -> float:
        return 0.0

    __hash__ = None
    __rsub__ = __sub__

    def __lt__(self, other: object) -> bool:
        return True

    __le__ = __lt__


def filled(*shape: int) -> np.ndarray:
    array = np.empty(shape, dtype=object)
    array.fill(Anything())
    return array


def softmax(scores: np.ndarray) -> np.ndarray:
    return filled(*scores.shape)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return filled(len(probabilities))


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Any:
    return filled()[()]


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return filled(k)
