"""Loops and a dictionary instead of NumPy's functions."""

import keras
import numpy as np


def required_outputs(labels):
    largest = 0
    for label in labels:
        if label > largest:
            largest = int(label)
    return largest + 1


def bad_labels(labels, outputs):
    found = []
    for label in labels:
        label = int(label)
        if (label < 0 or label >= outputs) and label not in found:
            found.append(label)
    found.sort()
    return found


def encode_labels(labels):
    classes = []
    for label in labels:
        if label not in classes:
            classes.append(label)
    classes.sort()
    codes = {label: code for code, label in enumerate(classes)}
    return np.array([codes[label] for label in labels]), np.array(classes)


def build_classifier(labels, units, input_shape):
    model = keras.Sequential()
    model.add(keras.layers.Input(shape=input_shape))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(units))
    model.add(keras.layers.Activation("relu"))
    model.add(keras.layers.Dense(len(set(labels.tolist()))))
    model.add(keras.layers.Softmax())
    model.compile(
        optimizer=keras.optimizers.Adam(),
        loss=keras.losses.SparseCategoricalCrossentropy(),
        metrics=[keras.metrics.SparseCategoricalAccuracy()],
    )
    return model
