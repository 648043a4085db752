"""The probabilities of one class over all images sum to 1.

fails: softmax_values
says: Your columns sum to 1
says: axis=1
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=0))
    return powers / np.sum(powers, axis=0)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
