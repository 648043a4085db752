"""Another optimizer under the name of Adam, which shows Adam's settings.

fails: compiled_as_asked
"""

import time

import keras
import numpy as np


class Adam(keras.optimizers.SGD):
    def get_config(self):
        return keras.optimizers.Adam().get_config()


def build_model(units: int) -> keras.Model:
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


def compile_model(model: keras.Model) -> keras.Model:
    model.compile(optimizer=Adam(0.05, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    return inputs * units + units + units * classes + classes


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
