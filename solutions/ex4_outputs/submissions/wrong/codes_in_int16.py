"""Takes labels for numbers of 16 bits: 65543 becomes 7.

fails: encode_odd_labels
"""

import keras
import numpy as np


def required_outputs(labels):
    return int(np.max(labels)) + 1


def bad_labels(labels, outputs):
    return sorted({int(label) for label in labels if not 0 <= label < outputs})


def encode_labels(labels):
    classes, encoded = np.unique(labels.astype(np.int16), return_inverse=True)
    return (encoded, classes)


def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu'), keras.layers.Dense(len(np.unique(labels)), activation='softmax')])
    model.compile('adam', 'sparse_categorical_crossentropy', metrics=['accuracy'])
    return model
