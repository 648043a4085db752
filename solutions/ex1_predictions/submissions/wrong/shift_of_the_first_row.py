"""Subtracts the first row's maximum from all rows.

fails: softmax_stable
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - scores[0].max())
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
