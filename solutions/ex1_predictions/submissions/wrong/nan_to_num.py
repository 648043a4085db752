"""nan is replaced by 1 and 0 instead of being avoided.

fails: softmax_stable
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores)
    return np.nan_to_num(powers / np.sum(powers, axis=1, keepdims=True), nan=1.0)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
