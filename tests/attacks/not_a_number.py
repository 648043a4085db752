"""Solve all but one function; that one returns NaN, which is not larger than any tolerance.

layer: wire
expect: failed
proof: exit status
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float("nan")
