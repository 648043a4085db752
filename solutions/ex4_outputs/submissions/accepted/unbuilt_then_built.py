"""The model is built by hand, and compiled for another computer."""

import keras
import numpy as np


def required_outputs(labels):
    return int(np.sort(labels)[-1]) + 1


def bad_labels(labels, outputs):
    found = {label for label in labels.tolist() if label < 0}
    found |= {label for label in labels.tolist() if label > outputs - 1}
    return sorted(found)


def encode_labels(labels):
    classes = np.array(sorted({int(label) for label in labels}))
    table = dict(zip(classes.tolist(), range(len(classes)), strict=True))
    return np.vectorize(table.get)(labels), classes


def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(int(np.unique(labels).size), activation="softmax"),
        ]
    )
    model.build((None, *input_shape))
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    return model
