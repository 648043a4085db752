"""Copies the pixels through floats, which lose the last digits of large numbers.

fails: flatten_any_shape
"""

import numpy as np


def flatten_images(images):
    return np.array([image.ravel().astype(float) for image in images]).astype(images.dtype)


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
