"""Return the right model with weights that are not numbers: nothing is far from them.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, NaN or infinite
proof: bench not finite
"""

from typing import Any

import keras


def build_model(units: int) -> keras.Model:
    hidden, outputs = keras.layers.Dense(units, "relu"), keras.layers.Dense(10, "softmax")
    model = keras.Sequential(
        [keras.layers.Input((28, 28)), keras.layers.Flatten(), hidden, outputs]
    )
    model.set_weights([w * float("nan") for w in model.get_weights()])
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
