"""A column of n predictions and a row of n labels are compared one by one.

fails: accuracy_fraction
says: each prediction with EVERY label
says: Both must have the shape (n,)
"""

import numpy as np


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1)


def accuracy(probabilities, labels):
    guesses = np.argmax(probabilities, axis=1, keepdims=True)
    return float(np.mean(guesses == labels))


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k]
