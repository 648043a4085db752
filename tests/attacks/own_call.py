"""Return a model with a call of its own, which its description does not mention.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: comparison
expect: failed, is your own. Use
proof: bench differs
"""

from typing import Any

import keras


def build_model(units: int) -> keras.Model:
    layers = keras.layers
    hidden, outputs = layers.Dense(units, "relu"), layers.Dense(10, "softmax")
    model = keras.Sequential([layers.Input((28, 28)), layers.Flatten(), hidden, outputs])
    known = model.call

    def call(*args: Any, **kwargs: Any) -> Any:
        return known(*args, **kwargs) * 0 + 0.1

    model.call = call
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
