"""Print without end.

layer: deadline
expect: timeout, most_doubtful was still running
proof: flood
"""

import os
from typing import Any

import numpy as np


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1)


def most_doubtful(probabilities: np.ndarray, k: int) -> Any:
    while True:
        print("x" * 100_000)
        os.write(1, b"x" * 100_000)
