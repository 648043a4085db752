"""Change what Keras's own Dense computes, and return a model that is made of it.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: comparison
expect: failed, computes different numbers
proof: bench differs
"""

from typing import Any

import keras

known = keras.layers.Dense.call


def call(self: Any, inputs: Any, training: Any = None) -> Any:
    return known(self, inputs) * 0 + 0.1


keras.layers.Dense.call = call


def build_model(units: int) -> keras.Model:
    layers = keras.layers
    hidden, outputs = layers.Dense(units, "relu"), layers.Dense(10, "softmax")
    return keras.Sequential([layers.Input((28, 28)), layers.Flatten(), hidden, outputs])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
