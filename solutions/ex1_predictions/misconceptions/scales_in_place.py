"""What happens inside a function stays inside it.

fails: inputs_untouched
says: softmax changed its input
"""

import numpy as np


def softmax(scores: np.ndarray) -> np.ndarray:
    scores -= np.max(scores, axis=1, keepdims=True)
    powers = np.exp(scores)
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities, axis=1))[:k]
