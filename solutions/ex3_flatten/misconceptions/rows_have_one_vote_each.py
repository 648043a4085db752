"""Each row names a class, and the class named most often wins.

fails: rows_vote_together
says: A row that is in doubt should weigh less
"""

from typing import Any

import numpy as np


def flatten_images(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1)


def dense_output_shape(input_shape: tuple, units: int) -> tuple:
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape: tuple) -> tuple:
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def row_votes(probabilities):
    votes = probabilities.argmax(axis=2)
    return np.array([np.bincount(rows).argmax() for rows in votes])


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
