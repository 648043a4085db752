"""Softmax picks the largest score: 1 for the winner, 0 for all others.

fails: softmax_values
says: that is arg-max
says: EVERY class
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    return (scores == scores.max(axis=1, keepdims=True)).astype(float)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
