"""Everything stays a number of NumPy; the pair is a list."""

import keras
import numpy as np


def required_outputs(labels):
    return np.max(labels).astype(np.int64) + np.int64(1)


def bad_labels(labels, outputs):
    return list(np.unique(labels[~np.isin(labels, np.arange(outputs))]))


def encode_labels(labels):
    found = np.unique(labels, return_inverse=True)
    return [found[1].astype(np.uint16), found[0]]


def build_classifier(labels, units, input_shape):
    classes = np.unique(labels).shape[0]
    model = keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units=units, activation=keras.activations.relu),
            keras.layers.Dense(units=classes, activation=keras.activations.softmax),
        ]
    )
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["sparse_categorical_accuracy"],
        run_eagerly=False,
    )
    return model
