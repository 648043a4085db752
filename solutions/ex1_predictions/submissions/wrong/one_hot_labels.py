"""Rows of 0 and 1 instead of positions.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    return (probabilities == probabilities.max(axis=1, keepdims=True)).astype(int)
