"""Return a model whose Lambda layer calls a function of Keras that changes a setting for all.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, the layer Lambda runs code of its own
proof: bench epsilon
"""

from typing import Any

import keras

INPUT = {
    "module": "keras.layers",
    "class_name": "InputLayer",
    "config": {"batch_shape": [None, 28, 28]},
    "registered_name": None,
}
FUNCTION = {
    "module": "keras.config",
    "class_name": "function",
    "config": "set_epsilon",
    "registered_name": "set_epsilon",
}
HOSTILE = {
    "module": "keras.layers",
    "class_name": "Lambda",
    "config": {"name": "lambda", "function": FUNCTION},
    "registered_name": None,
}


def config(self: Any) -> dict[str, Any]:
    return {"name": "model", "layers": [INPUT, HOSTILE]}


keras.Sequential.get_config = config


def build_model(units: int) -> keras.Model:
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten()])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
