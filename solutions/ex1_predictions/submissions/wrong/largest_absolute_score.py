"""Subtracts each row's largest absolute score.

fails: softmax_stable
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.abs(scores).max(axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
