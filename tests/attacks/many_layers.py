"""Return a model of thousands of layers.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, more than 64
proof: bench busy
"""

from typing import Any

import keras

INPUT = {
    "module": "keras.layers",
    "class_name": "InputLayer",
    "config": {"batch_shape": [None, 28, 28]},
    "registered_name": None,
}
HOSTILE = {
    "module": "keras.layers",
    "class_name": "Dense",
    "config": {"units": 28},
    "registered_name": None,
}


def config(self: Any) -> dict[str, Any]:
    return {"name": "model", "layers": [INPUT, *[HOSTILE] * 3000]}


keras.Sequential.get_config = config


def build_model(units: int) -> keras.Model:
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten()])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
