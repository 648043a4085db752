"""fit takes images, labels and epochs in this order.

fails: timed_fit_report
says: third argument of fit is batch_size
says: epochs=
"""

import time

import keras
import numpy as np


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
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    return inputs * units + units + units * classes + classes


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    begin = time.perf_counter()
    history = model.fit(x, y, epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
