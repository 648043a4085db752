"""Layers without activations, and functions of Keras between them, as users of PyTorch write."""

import keras
import numpy as np


class Stack:
    def __init__(self, hidden, classes):
        self.layers = [keras.layers.Dense(units) for units in hidden]
        self.head = keras.layers.Dense(classes)

    def forward(self, x):
        x = keras.layers.Flatten()(x)
        for number, layer in enumerate(self.layers):
            x = (keras.ops.relu, keras.activations.relu)[number % 2](layer(x))
        return keras.ops.softmax(self.head(x), axis=-1)


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    inputs = keras.Input(input_shape)
    return keras.Model(inputs, Stack(hidden, classes).forward(inputs))


def count_parameters(sizes):
    return sum(i * o + o for i, o in zip(sizes[:-1], sizes[1:], strict=True))


def repeat_scores(train_fn, seeds):
    scores = np.zeros(len(seeds))
    for i, seed in enumerate(seeds):
        scores[i] = train_fn(seed)
    return scores


def verdict(a, b):
    difference = (a.mean() - b.mean()).item()
    square = (a.var(ddof=1) / a.shape[0] + b.var(ddof=1) / b.shape[0]).item()
    if difference * difference > 4 * square:
        return "a" if difference > 0 else "b"
    return "no clear difference"
