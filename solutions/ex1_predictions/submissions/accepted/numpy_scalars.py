"""Lists of NumPy's scalars, and NumPy's scalars where Python's are due."""

import numpy as np


def softmax(scores):
    return [np.exp(row - row.max()) / np.exp(row - row.max()).sum() for row in scores]


def predicted_labels(probabilities):
    return [np.argmax(row) for row in probabilities]


def accuracy(probabilities, labels):
    hits = np.array(predicted_labels(probabilities)) == labels
    return np.array(hits.sum() / hits.size)


def most_doubtful(probabilities, k):
    order = np.lexsort((np.arange(len(probabilities)), probabilities.max(1)))
    return tuple(order[i] for i in range(k))
