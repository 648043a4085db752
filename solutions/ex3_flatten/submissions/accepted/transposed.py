"""Tricks: transposed twice, einsum, a memory view; the name cut out of a text."""

import itertools

import numpy as np


def flatten_images(images):
    axes = range(images.ndim)
    pixels = images.transpose(*axes[1:], 0).reshape(-1, images.shape[0])
    return pixels.T


def dense_output_shape(input_shape, units):
    return tuple(itertools.chain(itertools.islice(input_shape, len(input_shape) - 1), [units]))


def flatten_output_shape(input_shape):
    first = input_shape[0]
    image = np.broadcast_to(np.int8(0), input_shape[1:])
    return first, sum(1 for _ in image.flat)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    try:
        model.fit(x=x, y=y, epochs=1, verbose=False, validation_data=None)
    except Exception as error:
        return repr(type(error)).split("'")[1].split(".")[-1]
    return None
