"""A probability is the score divided by the sum of the scores.

fails: softmax_values
says: You divided the scores by their sum
says: negative
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    return scores / np.sum(scores, axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
