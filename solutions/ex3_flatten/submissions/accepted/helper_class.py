"""Small classes: a shape that is a tuple, a context manager that swallows."""

import numpy as np


class Shape(tuple):
    def dense(self, units):
        return Shape((*self[:-1], units))

    def flatten(self):
        return Shape((self[0], int(np.prod(self[1:], dtype=np.int64))))


class Swallow:
    name = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        self.name = kind and kind.__name__
        return True


def flatten_images(images):
    return images.reshape(Shape(images.shape).flatten())


def dense_output_shape(input_shape, units):
    return Shape(input_shape).dense(units)


def flatten_output_shape(input_shape):
    return Shape(input_shape).flatten()


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    with Swallow() as swallowed:
        model.fit(x, y, epochs=1, verbose=0)
    return swallowed.name
