"""Return an array whose class answers every function of NumPy with True.

layer: wire
expect: failed, an object of type Right
proof: exit status
"""

from typing import Any

import numpy as np


class Right(np.ndarray):
    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        return True

    def __eq__(self, other: object) -> Any:
        return True

    def __sub__(self, other: object) -> Any:
        return np.zeros(self.shape)

    __hash__ = None


def softmax(scores: np.ndarray) -> Right:
    return np.full(scores.shape, 0.1).view(Right)


def predicted_labels(probabilities: np.ndarray) -> Right:
    return np.full(len(probabilities), 77).view(Right)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Right:
    return np.array(77.0).view(Right)


def most_doubtful(probabilities: np.ndarray, k: int) -> Right:
    return np.full(k, 77).view(Right)
