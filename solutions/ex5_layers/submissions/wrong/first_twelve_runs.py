"""Compares twelve runs at most.

fails: verdict_two_standard_errors
"""

import keras
import numpy as np





def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation='relu'))
    layers.append(keras.layers.Dense(classes, activation='softmax'))
    return keras.Sequential(layers)


def count_parameters(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        inputs, units = (sizes[layer - 1], sizes[layer])
        total += inputs * units + units
    return total


def repeat_scores(train_fn, seeds):
    return np.array([train_fn(seed) for seed in seeds])


def verdict(a, b):
    a, b = (a[:12], b[:12])
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return 'a' if difference > 0 else 'b'
    return 'no clear difference'
