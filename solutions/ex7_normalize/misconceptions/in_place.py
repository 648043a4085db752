"""The caller wants the images scaled.

fails: divides_by_255
says: wants to write decimals into whole numbers
"""

from collections.abc import Callable

import keras
import numpy as np


def normalize(images: np.ndarray) -> np.ndarray:
    images /= 255
    return images.astype(np.float32)


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return normalize(train_images), normalize(test_images)


def standardize(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    mean, sd = train_images.mean(), train_images.std()
    return (train_images - mean) / sd, (test_images - mean) / sd


def compare(
    build: Callable[[], keras.Model],
    x: np.ndarray,
    y: np.ndarray,
    x_test: np.ndarray,
    y_test: np.ndarray,
    epochs: int,
    seed: int,
) -> dict[str, float]:
    accuracies = {}
    scaled, scaled_test = prepare(x, x_test)
    for name, train, test in (("raw", x, x_test), ("scaled", scaled, scaled_test)):
        keras.utils.set_random_seed(seed)
        model = build()
        model.fit(train, y, epochs=epochs, verbose=0)
        accuracies[name] = model.evaluate(test, y_test, verbose=0, return_dict=True)["accuracy"]
    return accuracies
