"""The first result is kept in a module-level cache.

fails: labels_argmax
"""

import numpy as np

_known = {}


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    if "labels" not in _known:
        _known["labels"] = np.argmax(probabilities, axis=1)
    return _known["labels"]


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
