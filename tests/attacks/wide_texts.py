"""Return a small list of texts, one of them long: as an array, each takes as much as the longest.

layer: process
expect: failed, 'type': 'list'
proof: memory
"""

import numpy as np


def predicted_labels(probabilities: np.ndarray) -> list[str]:
    return ["x" * 150_000, *[""] * 2_500]


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]
