"""Images have a number, a height and a width.

fails: flatten_any_shape
says: a fixed number of axes
says: images.shape[1:]
"""

from typing import Any

import numpy as np


def flatten_images(images: np.ndarray) -> np.ndarray:
    n, height, width = images.shape
    return images.reshape(n, height * width)


def dense_output_shape(input_shape: tuple, units: int) -> tuple:
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape: tuple) -> tuple:
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
