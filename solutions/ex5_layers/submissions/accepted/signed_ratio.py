import logging
import warnings

import keras
import numpy as np

log = logging.getLogger(__name__)
LABELS = {1: "a", -1: "b", 0: "no clear difference"}


class Builder:
    def __init__(self, shape):
        self.model = keras.Sequential()
        self.model.add(keras.layers.InputLayer(shape=tuple(int(n) for n in shape)))
        self.model.add(keras.layers.Flatten())

    def dense(self, units, activation):
        self.model.add(keras.layers.Dense(int(units), activation=activation))
        return self


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    remaining = list(hidden)
    builder = Builder(input_shape)
    while remaining:
        builder = builder.dense(remaining.pop(0), "relu")
    return builder.dense(classes, "softmax").model


def count_parameters(sizes):
    weights = sum(a * b for a, b in zip(sizes[:-1], sizes[1:]))
    biases = sum(sizes) - sizes[0]
    return weights + biases


def repeat_scores(train_fn, seeds):
    log.warning("training %d times", len(seeds))
    scores = [np.float64(train_fn(int(np.int64(seed)))) for seed in seeds]
    return np.array(scores, dtype=np.float64)


def verdict(a, b):
    a, b = np.sort(a), np.sort(b)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        t = (a.mean() - b.mean()) / np.sqrt(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size)
    return LABELS[int(np.sign(t)) if np.abs(t) > 2 else 0]
