"""NumPy for the shapes too: axes of np.int64."""

import numpy as np


def flatten_images(images):
    return np.reshape(images, (images.shape[0], np.prod(images.shape[1:])))


def dense_output_shape(input_shape, units):
    return input_shape[:-1] + (np.int64(units),)


def flatten_output_shape(input_shape):
    return input_shape[0], np.prod(np.array(input_shape[1:]))


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    try:
        history = model.fit(np.asarray(x), np.asarray(y), epochs=np.int64(1), verbose=0)
        print(history.history["loss"])
    except Exception as error:
        return type(error).__name__
