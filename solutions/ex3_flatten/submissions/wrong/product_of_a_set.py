"""Axes of the same length are multiplied once.

fails: flatten_shape_rule
"""

import math


def flatten_images(images):
    return images.reshape(len(images), -1)


def dense_output_shape(input_shape, units):
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape):
    return (input_shape[0], math.prod(set(input_shape[1:])))


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
