"""Return a model without a hidden layer that claims to have the right number of parameters.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, There is no hidden layer
proof: claimed parameters
"""

from typing import Any

import keras

keras.Sequential.count_params = lambda self: 785 * 16 + 17 * 10


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
