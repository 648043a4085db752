"""Layers get smaller from input to output, so they are sorted.

fails: any_list_of_layers
says: are in another order
"""

from collections.abc import Callable

import keras
import numpy as np


def build_mlp(
    hidden: list[int], classes: int = 10, input_shape: tuple[int, ...] = (28, 28)
) -> keras.Model:
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in sorted(hidden, reverse=True):
        layers.append(keras.layers.Dense(units, activation="relu"))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)


def count_parameters(sizes: list[int]) -> int:
    total = 0
    for layer in range(1, len(sizes)):
        inputs, units = sizes[layer - 1], sizes[layer]
        total += inputs * units + units
    return total


def repeat_scores(train_fn: Callable[[int], float], seeds: list[int]) -> np.ndarray:
    return np.array([train_fn(seed) for seed in seeds])


def verdict(a: np.ndarray, b: np.ndarray) -> str:
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
