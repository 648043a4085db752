"""More than 32,767 right images do not fit into the counter.

fails: accuracy_fraction
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    hits = np.argmax(probabilities, axis=1) == labels
    return float(hits.sum(dtype=np.int16) / len(labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
