"""keras.ops and a metric of Keras; whole numbers of any width."""

import keras
import numpy as np
from keras import ops


def softmax(scores):
    return ops.convert_to_numpy(keras.activations.softmax(ops.convert_to_tensor(scores)))


def predicted_labels(probabilities):
    return ops.argmax(probabilities, axis=-1)


def accuracy(probabilities, labels):
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(labels, probabilities)
    return float(metric.result())


def most_doubtful(probabilities, k):
    return np.asarray(ops.argsort(ops.max(probabilities, axis=1)))[:k].astype("uint16")
