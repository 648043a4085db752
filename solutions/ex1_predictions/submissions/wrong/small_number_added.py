"""A small number in the divisor instead of a shift.

fails: softmax_values
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores)
    return powers / (np.sum(powers, axis=1, keepdims=True) + 1e-8)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
