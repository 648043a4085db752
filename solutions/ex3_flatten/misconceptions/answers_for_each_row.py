"""The model answers for each row, so there is a label for each row.

fails: rows_vote_together
says: One label per image
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
    return probabilities.argmax(axis=2)


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
