"""Recursion, generators, sums with math.fsum; whole numbers where floats would do."""

import itertools
import math

import numpy as np


def softmax(scores):
    def rows():
        for row in scores.tolist():
            shifted = [score - max(row) for score in row]
            total = math.log(math.fsum(map(math.exp, shifted)))
            yield [math.exp(score - total) for score in shifted]

    return np.array(list(rows()))


def best(row, position=0, found=0):
    if position == len(row):
        return found
    return best(row, position + 1, position if row[position] > row[found] else found)


def predicted_labels(probabilities):
    return [*itertools.starmap(best, ((row,) for row in probabilities.tolist()))]


def accuracy(probabilities, labels):
    hits = sum(a == b for a, b in zip(predicted_labels(probabilities), labels, strict=True))
    if hits in (0, len(labels)):
        return int(hits > 0)
    return hits / len(labels)


def most_doubtful(probabilities, k):
    left, found = list(range(len(probabilities))), []
    while len(found) < k:
        found.append(min(left, key=lambda i: max(probabilities[i])))
        left.remove(found[-1])
    return np.array(found, dtype=np.int8 if len(probabilities) < 100 else np.int32)
