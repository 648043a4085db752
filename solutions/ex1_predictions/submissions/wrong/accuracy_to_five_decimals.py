"""Rounds the accuracy to five decimals.

fails: accuracy_fraction
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return round(float(np.mean(np.argmax(probabilities, axis=1) == labels)), 5)


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
