"""Rows already found are overwritten in the caller's table.

fails: inputs_untouched
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities, axis=1) == labels))


def most_doubtful(probabilities, k):
    found = []
    for _ in range(k):
        i = int(np.argmin(probabilities.max(axis=1)))
        found.append(i)
        probabilities[i] = 1.0
    return np.array(found)
