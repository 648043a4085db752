"""Return a model without a hidden layer that shows weights of the right shapes.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, can't be rebuilt
proof: claimed shapes
"""

from typing import Any

import keras
import numpy as np


def weights(self: Any) -> list[np.ndarray]:
    shapes = ((784, self.units), (self.units,), (self.units, 10), (10,))
    return [np.zeros(shape, "float32") for shape in shapes]


keras.Sequential.get_weights = weights


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    model = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])
    model.units = units
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
