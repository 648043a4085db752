"""Counters outside of the function go on counting.

fails: accuracy_fraction
"""

import numpy as np

hits = images = 0


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    global hits, images
    hits += int(np.sum(np.argmax(probabilities, axis=1) == labels))
    images += len(labels)
    return hits / images


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
