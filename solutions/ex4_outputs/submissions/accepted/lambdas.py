"""Lambdas, a sort of its own, and a named result."""

from typing import NamedTuple

import keras
import numpy as np

required_outputs = lambda labels: 1 + max(map(int, labels))  # noqa: E731
bad_labels = lambda labels, outputs: sorted(set(map(int, labels)) - set(range(outputs)))  # noqa: E731


class Encoding(NamedTuple):
    encoded: np.ndarray
    classes: np.ndarray


def encode_labels(labels):
    order = np.argsort(labels, kind="stable")
    in_order = labels[order]
    new = np.concatenate([[True], in_order[1:] != in_order[:-1]])
    encoded = np.empty(len(labels), dtype=np.int64)
    encoded[order] = np.cumsum(new) - 1
    return Encoding(encoded, in_order[new])


def build_classifier(labels, units, input_shape):
    Dense = keras.layers.Dense
    stack = [
        keras.layers.Flatten(),
        Dense(units, "relu"),
        Dense(len(set(map(int, labels))), "softmax"),
    ]
    x = inputs = keras.Input(input_shape)
    for layer in stack:
        x = layer(x)
    model = keras.Model(inputs=inputs, outputs=x)
    model.compile(
        loss=keras.losses.SparseCategoricalCrossentropy(),
        optimizer=keras.optimizers.Adam(1e-3),
        metrics=["accuracy"],
    )
    return model
