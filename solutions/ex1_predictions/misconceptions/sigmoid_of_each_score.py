"""Softmax squeezes each score into 0 to 1 by itself.

fails: softmax_values
says: the sigmoid of each score
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-scores))


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
