"""A dictionary by confidence loses one of two equal images.

fails: most_doubtful
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
    position = {max(row): i for i, row in enumerate(probabilities.tolist())}
    return [position[top] for top in sorted(position)][:k]
