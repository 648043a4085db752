"""Return a model that describes its layers, but computes with those of another model.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: comparison
expect: failed, computes different numbers
proof: bench differs
"""

import keras
import numpy as np


def model_of(units: int, activation: str) -> keras.Model:
    layers = keras.layers
    hidden, outputs = layers.Dense(units, activation), layers.Dense(10, "softmax")
    model = keras.Sequential([layers.Input((28, 28)), layers.Flatten(), hidden, outputs])
    model(np.zeros((1, 28, 28), np.float32))
    return model


def build_model(units: int) -> keras.Model:
    model = model_of(units, "relu")
    model._functional = model_of(units, "linear")._functional
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
