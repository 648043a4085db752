"""A default of [] is a new list in each call.

fails: labels_outside_range
says: Is something kept from an earlier call?
"""

import keras
import numpy as np


def required_outputs(labels: np.ndarray) -> int:
    return int(np.max(labels)) + 1


def bad_labels(labels: np.ndarray, outputs: int, found: list[int] = []) -> list[int]:  # noqa: B006
    for label in labels.tolist():
        if not 0 <= label < outputs and label not in found:
            found.append(label)
    return sorted(found)


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
