"""Everything in float32 and int32, as TensorFlow has it."""

import numpy as np


def softmax(scores):
    scores = np.asarray(scores, dtype=np.float32)
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def predicted_labels(probabilities):
    return np.argmax(probabilities.astype(np.float32), axis=-1).astype(np.int32)


def accuracy(probabilities, labels):
    right = np.equal(predicted_labels(probabilities), labels).astype(np.float32)
    return right.mean()


def most_doubtful(probabilities, k):
    return probabilities.max(axis=-1).argsort()[:k].astype(np.int32)
