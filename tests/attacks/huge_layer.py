"""Return a model with a layer of a billion units.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, a size of 1,000,000,000 is too large
proof: bench lost
"""

from typing import Any

import keras

INPUT = {
    "module": "keras.layers",
    "class_name": "InputLayer",
    "config": {"batch_shape": [None, 28, 28]},
    "registered_name": None,
}
FLATTEN = {
    "module": "keras.layers",
    "class_name": "Flatten",
    "config": {},
    "registered_name": None,
}
HOSTILE = {
    "module": "keras.layers",
    "class_name": "Dense",
    "config": {"units": 10**9},
    "registered_name": None,
}


def config(self: Any) -> dict[str, Any]:
    return {"name": "model", "layers": [INPUT, FLATTEN, HOSTILE]}


keras.Sequential.get_config = config


def build_model(units: int) -> keras.Model:
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten()])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
