"""np.matrix and masked arrays: subclasses of arrays."""

import numpy as np


def softmax(scores):
    table = np.asmatrix(scores)
    powers = np.exp(table - table.max(axis=1))
    return powers / powers.sum(axis=1)


def predicted_labels(probabilities):
    return np.ma.masked_array(probabilities).argmax(axis=1)


def accuracy(probabilities, labels):
    return np.ma.mean(np.ma.masked_array(predicted_labels(probabilities) == labels))


def most_doubtful(probabilities, k):
    return np.ma.argsort(np.ma.max(np.ma.masked_array(probabilities), axis=1))[:k]
