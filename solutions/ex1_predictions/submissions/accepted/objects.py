"""A callable object, a partial and a closure instead of functions."""

import functools

import numpy as np


class Softmax:
    def __init__(self, axis):
        self.axis = axis
        self.calls = 0

    def __call__(self, scores):
        self.calls += 1
        powers = np.exp(scores - np.max(scores, axis=self.axis, keepdims=True))
        return powers / np.sum(powers, axis=self.axis, keepdims=True)


def comparing(best):
    def accuracy(probabilities, labels):
        return float((best(probabilities) == labels).mean())

    return accuracy


softmax = Softmax(axis=1)
predicted_labels = functools.partial(np.argmax, axis=1)
accuracy = comparing(predicted_labels)


def most_doubtful(probabilities, k):
    return functools.partial(np.argsort, kind="heapsort")(probabilities.max(1))[:k]
