"""Subtracts the predictions from the labels in place.

fails: inputs_untouched
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    labels -= np.argmax(probabilities, axis=1).astype(labels.dtype)
    return float(np.mean(labels == 0))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
