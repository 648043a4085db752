"""Prints progress bars, warnings and tracebacks."""

import traceback
import warnings

import numpy as np

print("\x1b[31mhello\x1b[0m")


def flatten_images(images):
    print(images)
    print(images.shape, "->", (len(images), images[0].size))
    return images.reshape(len(images), images[0].size)


def dense_output_shape(input_shape, units):
    print("Dense", input_shape, units)
    return tuple(units if i == len(input_shape) - 1 else n for i, n in enumerate(input_shape))


def flatten_output_shape(input_shape):
    warnings.warn("flat", stacklevel=2)
    return (input_shape[0], int(np.multiply.reduce(input_shape[1:])))


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x, y):
    try:
        print(model.fit(x, y, epochs=1))
    except Exception as error:
        traceback.print_exc()
        print("\n".join(["no"] * 3000))
        return type(error).__name__
    else:
        return None
