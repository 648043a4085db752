from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence

import keras
import numpy as np


def _stack(tensor, hidden: Sequence[int]):
    if not hidden:
        return tensor
    first, *rest = hidden
    return _stack(keras.layers.ReLU()(keras.layers.Dense(first)(tensor)), rest)


def build_mlp(hidden: list[int], classes: int = 10, input_shape: tuple = (28, 28)) -> keras.Model:
    inputs = keras.layers.Input(tuple(input_shape))
    flat = keras.layers.Reshape((-1,))(inputs)
    outputs = keras.layers.Dense(classes, activation=keras.activations.softmax)(
        _stack(flat, hidden)
    )
    return keras.Model(inputs=inputs, outputs=outputs, name="mlp")


def count_parameters(sizes: list[int]) -> int:
    match sizes:
        case [inputs, units, *rest]:
            return inputs * units + units + count_parameters([units, *rest])
    return 0


def repeat_scores(train_fn: Callable[[int], float], seeds: list[int]) -> np.ndarray:
    scores = np.empty(len(seeds))
    for position, seed in enumerate(seeds):
        scores[position] = train_fn(seed)
    return scores


def verdict(a: np.ndarray, b: np.ndarray) -> str:
    one, two = a.tolist(), b.tolist()
    gap = statistics.mean(one) - statistics.mean(two)
    square = statistics.variance(one) / len(one) + statistics.variance(two) / len(two)
    if abs(gap) > 2 * square**0.5:
        return "ab"[gap < 0]
    return "no clear difference"
