"""Return a model with a layer that loads a program from a path.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: admission
expect: failed, the layer TFSMLayer runs code of its own
proof: error "does not exist at: {{outside}}/program"
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
    "class_name": "TFSMLayer",
    "config": {"filepath": "{{outside}}/program", "call_endpoint": "serve"},
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
