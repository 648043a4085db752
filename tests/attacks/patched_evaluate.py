"""Replace Keras's own measuring, so that every model is right always.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, There is no hidden layer
proof: claimed accuracy
"""

from typing import Any

import keras

keras.Model.evaluate = lambda self, *args, **kwargs: {"loss": 0.0, "accuracy": 1.0}


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
