import time
from collections import OrderedDict
from typing import Any

import keras
import numpy as np
import tensorflow as tf


class Timer:
    def __enter__(self) -> "Timer":
        self.start = time.perf_counter()
        return self

    def __exit__(self, *exc: Any) -> None:
        self.seconds = time.perf_counter() - self.start


class Builder:
    """Collects layers."""

    def __init__(self, shape):
        self.tensor = self.inputs = keras.layers.Input(shape)

    def then(self, layer):
        self.tensor = layer(self.tensor)
        return self

    def model(self):
        return keras.Model(inputs=[self.inputs], outputs=[self.tensor])


def build_model(units: int) -> keras.Model:
    b = (
        Builder((28, 28))
        .then(keras.layers.Flatten())
        .then(keras.layers.Dense(int(units), kernel_initializer="glorot_uniform"))
    )
    return (
        b.then(keras.layers.Activation(tf.nn.relu))
        .then(keras.layers.Dense(10))
        .then(keras.layers.Activation("softmax"))
        .model()
    )


def compile_model(model: keras.Model) -> keras.Model:
    def loss(labels, probabilities):
        return keras.losses.sparse_categorical_crossentropy(labels, probabilities)

    model.compile(
        optimizer=keras.optimizers.Adam(beta_1=0.9, beta_2=0.999), loss=loss, metrics=["accuracy"]
    )
    return model


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    return sum((inputs * units, units, units * classes, classes))


def accuracy_by_width(train_fn, widths, seeds):
    mean = {u: sum(train_fn(u, seed) for seed in seeds) / len(seeds) for u in set(widths)}
    return [mean[units] for units in widths]


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    with Timer() as timer:
        past = model.fit(x, y, epochs=epochs, verbose="auto", validation_split=0.0)
    report = OrderedDict(loss=float(past.history["loss"][epochs - 1]))
    report["accuracy"] = np.float32(past.history["accuracy"][epochs - 1])
    report["seconds"] = timer.seconds
    return report
