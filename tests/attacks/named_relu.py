"""Return a model whose activations are its own functions, called relu and softmax.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: comparison
expect: failed, the activation of the layer dense is your own
proof: bench differs
"""

from typing import Any

import keras


def relu(sums: Any) -> Any:
    return -sums


def softmax(scores: Any) -> Any:
    return scores * 0 + 0.1


def build_model(units: int) -> keras.Model:
    layers = keras.layers
    hidden, outputs = layers.Dense(units, relu), layers.Dense(10, softmax)
    return keras.Sequential([layers.Input((28, 28)), layers.Flatten(), hidden, outputs])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
