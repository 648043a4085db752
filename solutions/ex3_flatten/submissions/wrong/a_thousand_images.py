"""Room for a thousand images.

fails: flatten_keeps_images_apart
"""

from typing import Any

import numpy as np


def flatten_images(images: np.ndarray) -> np.ndarray:
    flat = np.zeros((len(images), images[0].size), images.dtype)
    for n, image in enumerate(images[:1_000]):
        flat[n] = image.ravel()
    return flat


def dense_output_shape(input_shape: tuple, units: int) -> tuple:
    return (*input_shape[:-1], units)


def flatten_output_shape(input_shape: tuple) -> tuple:
    size = 1
    for axis in input_shape[1:]:
        size *= axis
    return (input_shape[0], size)


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
