"""A class of its own.

fails: classifier_has_one_output_per_class
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


class Classifier(keras.Model):
    def __init__(self, units, classes):
        super().__init__()
        self.layers_in_a_row = [
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(classes, activation="softmax"),
        ]

    def call(self, x):
        for layer in self.layers_in_a_row:
            x = layer(x)
        return x


def build_classifier(labels, units, input_shape):
    model = Classifier(units, len(np.unique(labels)))
    model.build((None, *input_shape))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
