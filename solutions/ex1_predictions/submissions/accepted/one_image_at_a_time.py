"""np.vectorize, np.unique, structured arrays, the walrus; results are views and Fortran arrays."""

import numpy as np

one = np.vectorize(
    lambda row: np.exp(row - (m := row.max())) / np.exp(row - m).sum(), signature="(k)->(k)"
)


def softmax(scores):
    return np.asfortranarray(one(scores))


def predicted_labels(probabilities):
    images, first = np.unique(
        np.nonzero(probabilities == probabilities.max(axis=1)[:, np.newaxis])[0], return_index=True
    )
    columns = np.nonzero(probabilities == probabilities.max(axis=1)[:, np.newaxis])[1]
    assert len(images) == len(probabilities), "one label per image"
    return columns[first]


def accuracy(probabilities, labels):
    wrong = np.trim_zeros(np.sort(np.abs(predicted_labels(probabilities) - labels.astype(int))))
    return np.float64(1) - wrong.size / labels.size


def most_doubtful(probabilities, k):
    table = np.empty(len(probabilities), dtype=[("top", float), ("position", int)])
    table["top"] = probabilities.max(axis=1)
    table["position"] = np.arange(len(table))
    table.sort(order="top")
    return table["position"][:k]
