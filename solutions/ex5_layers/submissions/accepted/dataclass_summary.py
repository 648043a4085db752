from dataclasses import dataclass
from itertools import pairwise

import keras
import numpy as np
from keras import layers


@dataclass(frozen=True)
class Summary:
    mean: float
    error: float

    @classmethod
    def of(cls, scores):
        return cls(np.mean(scores), np.std(scores, ddof=1) / np.sqrt(len(scores)))

    def __sub__(self, other):
        return Summary(self.mean - other.mean, np.hypot(self.error, other.error))


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    dense = [layers.Dense(h, activation="relu") for h in hidden]
    return keras.Sequential(
        [keras.Input(input_shape), layers.Flatten(), *dense, layers.Dense(classes, "softmax")]
    )


def count_parameters(sizes):
    return int(sum(int(i) * o + o for i, o in pairwise(sizes)))


def repeat_scores(train_fn, seeds):
    return np.array(list(map(train_fn, seeds)), dtype=np.float64)


def verdict(a, b):
    gap = Summary.of(a) - Summary.of(b)
    clear = np.abs(gap.mean) > 2 * gap.error
    return ("a" if gap.mean > 0 else "b") if clear else "no clear difference"
