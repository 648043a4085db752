"""The order of the first table is kept for all others.

fails: most_doubtful
"""

import numpy as np

_order = None


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    global _order
    if _order is None:
        _order = np.argsort(np.max(probabilities, axis=1))
    return _order[:k]
