"""Arguments of fit by position; a bare except and sys.exc_info."""

import sys
from functools import reduce
from operator import mul


def flatten_images(images):
    return images.reshape((-1, reduce(mul, images.shape[1:])))


def dense_output_shape(input_shape, units):
    *front, _ = input_shape
    return tuple(front) + (units,)


def flatten_output_shape(input_shape):
    batch, *rest = input_shape
    return (batch, reduce(mul, rest))


def row_votes(probabilities):
    return probabilities.mean(axis=1).argmax(axis=1)


def fit_error(model, x, y):
    try:
        model.fit(x, y, None, 1, 0)
    except:  # noqa: E722
        return sys.exc_info()[0].__name__
    return None
