"""Keras itself is asked: symbolic inputs for the shapes, ops for the images."""

import keras
import numpy as np
from keras import layers


def flatten_images(images):
    return np.asarray(keras.ops.reshape(images, (images.shape[0], -1)), dtype=images.dtype)


def dense_output_shape(input_shape, units):
    inputs = keras.Input(batch_shape=tuple(input_shape))
    return layers.Dense(units)(inputs).shape


def flatten_output_shape(input_shape):
    inputs = keras.Input(batch_shape=tuple(input_shape))
    return tuple(layers.Flatten()(inputs).shape)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    class Quiet(keras.callbacks.Callback):
        pass

    try:
        model.fit(x, y, epochs=1, verbose=0, callbacks=[Quiet()])
    except Exception as error:
        return type(error).__name__
    return None
