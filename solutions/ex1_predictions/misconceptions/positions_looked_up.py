"""A value's position is where list.index finds it.

fails: most_doubtful
says: returned one of them twice
says: Sort the positions
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
    tops = [max(row) for row in probabilities.tolist()]
    return [tops.index(top) for top in sorted(tops)[:k]]
