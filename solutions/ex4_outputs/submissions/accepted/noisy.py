"""Prints summaries, tables and warnings."""

import warnings

import keras
import numpy as np

print("\x1b[32mready\x1b[0m")


def required_outputs(labels):
    print("labels", labels, labels.dtype)
    warnings.warn("counting", stacklevel=2)
    return len(np.bincount(labels))


def bad_labels(labels, outputs):
    result = []
    for label in np.sort(np.unique(labels)):
        print(label, "bad" if label < 0 or label >= outputs else "good")
        if label < 0 or label >= outputs:
            result.append(int(label))
    return result


def encode_labels(labels):
    classes = np.unique(labels)
    encoded = np.zeros(labels.shape, dtype=int)
    for code, label in enumerate(classes):
        print(f"{label} -> {code}")
        encoded[labels == label] = code
    return encoded, classes


def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.InputLayer(shape=input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, "relu"),
            keras.layers.Dense(np.unique(labels).size, "softmax"),
        ]
    )
    model.summary()
    model.compile(loss="sparse_categorical_crossentropy", optimizer="Adam", metrics=["accuracy"])
    print(model.predict(np.zeros((1, *input_shape))))
    return model
