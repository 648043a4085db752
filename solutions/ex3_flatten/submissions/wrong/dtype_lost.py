"""Fills an array of float64.

fails: flatten_any_shape
"""

import numpy as np


def flatten_images(images):
    rows = np.zeros((len(images), images[0].size))
    for i, image in enumerate(images):
        rows[i] = image.ravel()
    return rows


def dense_output_shape(input_shape, units):
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape):
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
