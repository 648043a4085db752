"""Its accuracy is that of the last batch.

fails: classifier_is_compiled
"""

import keras
import numpy as np


class Accuracy(keras.metrics.SparseCategoricalAccuracy):
    def update_state(self, y_true, y_pred, sample_weight=None):
        self.reset_state()
        return super().update_state(y_true, y_pred, sample_weight)


def required_outputs(labels):
    return int(np.max(labels)) + 1


def bad_labels(labels, outputs):
    return sorted({int(label) for label in labels if not 0 <= label < outputs})


def encode_labels(labels):
    classes, encoded = np.unique(labels, return_inverse=True)
    return (encoded, classes)


def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu'), keras.layers.Dense(len(np.unique(labels)), activation='softmax')])
    model.compile('adam', 'sparse_categorical_crossentropy', metrics=[Accuracy(name='accuracy')])
    return model
