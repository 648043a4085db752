"""Decorators, apply_along_axis, argpartition, einsum."""

import functools
import time

import numpy as np


def timed(function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        begin = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            print(f"{function.__name__}: {time.perf_counter() - begin:.6f} s")

    return run


@timed
def softmax(scores):
    def one(row):
        powers = np.exp(row - row.max())
        return powers / powers.sum()

    return np.apply_along_axis(one, 1, scores)


@timed
def predicted_labels(probabilities):
    return np.argsort(probabilities, axis=1)[:, -1]


@timed
def accuracy(probabilities, labels):
    hot = np.eye(probabilities.shape[1])
    hits = np.einsum("nk,nk->", hot[predicted_labels(probabilities)], hot[labels.astype(int)])
    return hits / probabilities.shape[0]


@timed
def most_doubtful(probabilities, k):
    top = probabilities.max(axis=1)
    some = np.argpartition(top, k - 1)[:k]
    return some[np.argsort(top[some])]
