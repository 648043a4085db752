"""Nothing found, nothing to return.

fails: valid_labels_not_flagged
says: return an empty list
"""

import keras
import numpy as np


def required_outputs(labels: np.ndarray) -> int:
    return int(np.max(labels)) + 1


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    bad = np.unique(labels[(labels < 0) | (labels >= outputs)]).tolist()
    if bad:
        return bad


def encode_labels(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    classes, encoded = np.unique(labels, return_inverse=True)
    return encoded, classes


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
