"""compile takes optimizer, loss and metrics in this order.

fails: classifier_is_compiled
says: third argument of compile is loss_weights
"""

import keras
import numpy as np


def required_outputs(labels: np.ndarray) -> int:
    return int(np.max(labels)) + 1


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    return sorted({int(label) for label in labels if not 0 <= label < outputs})


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
    model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"])
    return model
