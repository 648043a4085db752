"""The second guess counts as well.

fails: accuracy_fraction
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    best = np.argsort(probabilities, axis=1)[:, -2:]
    return float(np.mean([y in two for y, two in zip(labels, best)]))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
