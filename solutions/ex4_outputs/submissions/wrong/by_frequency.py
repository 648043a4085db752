"""The most frequent first.

fails: encode_round_trip
"""

import keras
import numpy as np

from collections import Counter


def required_outputs(labels: np.ndarray) -> int:
    return int(np.max(labels)) + 1


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    return sorted({int(label) for label in labels if not 0 <= label < outputs})


def encode_labels(labels):
    order = [v for v, _ in Counter(labels.tolist()).most_common()]
    return np.array([order.index(v) for v in labels.tolist()]), np.array(order)


def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
