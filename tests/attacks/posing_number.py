"""Solve all but one function; that one returns a number that is near everything.

layer: wire
expect: failed, an object of type Near
proof: exit status
"""

import numpy as np


class Near(float):
    def __sub__(self, other: object) -> float:
        return 0.0

    __rsub__ = __sub__

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Near:
    return Near(77)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]
