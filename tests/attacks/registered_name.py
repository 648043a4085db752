"""Return a model with a layer of its own under the name of one of Keras.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, the layer Dense runs code of its own
proof: claimed layers
"""

from typing import Any

import keras


@keras.saving.register_keras_serializable("keras.layers")
class Dense(keras.layers.Dense):
    def call(self, x: Any, training: Any = None) -> Any:
        return keras.ops.softmax(super().call(x) * 0)


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [keras.layers.Input((28, 28)), keras.layers.Flatten(), Dense(units), Dense(10)]
    )


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
