"""Return a model with a layer that reads its words from a file, such as the answers.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, can't be rebuilt for measuring
proof: bench canary
"""

from typing import Any

import keras

INPUT = {
    "module": "keras.layers",
    "class_name": "InputLayer",
    "config": {"batch_shape": [None, 28], "dtype": "string"},
    "registered_name": None,
}
HOSTILE = {
    "module": "keras.layers",
    "class_name": "StringLookup",
    "config": {"vocabulary": "{{course}}/solutions/answers.txt"},
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
