"""Return a model that has learned nothing, and looks the images up in the bundled set.

exercise: ex2_neurons
check: hidden_units_from_argument
layer: process
expect: failed, a class of its own
proof: predicted labels
"""

from typing import Any

import keras
import numpy as np

from grader.datasets import fashion_mnist


class Table(keras.Sequential):
    def predict(self, x: np.ndarray, **options: Any) -> np.ndarray:
        _, (images, labels) = fashion_mnist.load_data()
        known = {image.tobytes(): label for image, label in zip(images, labels, strict=True)}
        found = [known[image.astype(images.dtype).tobytes()] for image in x]
        return np.eye(10)[found]


def build_model(units: int) -> keras.Model:
    outputs = keras.layers.Dense(10, "softmax")
    return Table([keras.layers.Input((28, 28)), keras.layers.Flatten(), outputs])


def compile_model(model: keras.Model) -> keras.Model:
    return model


count_parameters = timed_fit = compile_model
