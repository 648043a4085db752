"""Sums over the wrong axis unless the table is square.

fails: softmax_values
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (powers.T / np.sum(powers, axis=1)).T if len(scores) > 1 else powers


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
