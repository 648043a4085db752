"""Return a model that is compiled with a metric that calls itself accuracy.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, There is no hidden layer
proof: claimed accuracy
"""

from typing import Any

import keras


def accuracy(labels: Any, outputs: Any) -> Any:
    return keras.ops.ones_like(labels, dtype="float32")


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    model = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])
    model.compile(loss="sparse_categorical_crossentropy", metrics=[accuracy], run_eagerly=True)
    return model


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
