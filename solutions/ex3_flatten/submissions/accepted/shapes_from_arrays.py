"""Shapes found out with arrays that hold nothing; the batch axis put back in front."""

from typing import Any, Optional

import numpy as np
import numpy.typing as npt

Shape = tuple[Optional[int], ...]


def flatten_images(images: npt.NDArray[Any]) -> npt.NDArray[Any]:
    flat: npt.NDArray[Any] = np.empty((len(images), int(np.prod(images.shape[1:]))), images.dtype)
    for row, image in zip(flat, images):
        row[:] = image.flatten()
    return flat


def dense_output_shape(input_shape: Shape, units: int) -> Shape:
    batch, *axes = input_shape
    weights = np.zeros((axes[-1], units))
    return (batch, *(np.zeros(axes) @ weights).shape)


def flatten_output_shape(input_shape: Shape) -> Shape:
    batch, *axes = input_shape
    return (batch, np.zeros(axes).ravel().shape[0])


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model: Any, x: npt.NDArray[Any], y: npt.NDArray[Any]) -> Optional[str]:
    assert len(x) or len(y), "nothing to fit"
    name: Optional[str] = None
    try:
        history = model.fit(x, y, epochs=1, verbose=0)
        assert history is not None
    except Exception as error:
        name = type(error).__name__
    finally:
        print("fit:", name or "worked")
    return name
