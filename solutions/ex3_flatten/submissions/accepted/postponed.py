"""A dataclass whose annotations are not evaluated."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Layer:
    units: int | None = None

    def __call__(self, shape: tuple[int | None, ...]) -> tuple[int | None, ...]:
        if self.units is None:
            return (shape[0], math.prod(shape[1:]))
        return (*shape[:-1], self.units)


@dataclass
class Outcome:
    error: Exception | None = None

    @property
    def name(self) -> str | None:
        return None if self.error is None else type(self.error).__name__


def flatten_images(images: np.ndarray) -> np.ndarray:
    return images.reshape(Layer()(images.shape))


def dense_output_shape(input_shape: tuple, units: int) -> tuple:
    return replace(Layer(), units=units)(input_shape)


def flatten_output_shape(input_shape: tuple) -> tuple:
    return Layer()(input_shape)


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1)


def fit_error(model, x: np.ndarray, y: np.ndarray) -> str | None:
    outcome = Outcome()
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        outcome.error = error
    return outcome.name
