"""The processor's own time is the time that a program takes.

fails: seconds_of_fit
says: a clock that also counts waiting
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
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    return inputs * units + units + units * classes + classes


def accuracy_by_width(train_fn, widths, seeds):
    return [sum(train_fn(units, seed) for seed in seeds) / len(seeds) for units in widths]


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    begin = time.process_time()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.process_time() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
