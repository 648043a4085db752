"""Return a model with a test step of its own, which reports an accuracy of 1.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, a class of its own
proof: claimed accuracy
"""

from typing import Any

import keras


class Perfect(keras.Sequential):
    def test_step(self, data: Any) -> dict[str, float]:
        return {"loss": 0.0, "accuracy": 1.0}


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    model = Perfect([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])
    model.compile(run_eagerly=True)
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
