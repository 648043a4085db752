"""Training without Flatten fails with ValueError, so that is the answer.

fails: fit_error_runs_fit_once
says: You never called model.fit
says: don't assume
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
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    return "ValueError"
