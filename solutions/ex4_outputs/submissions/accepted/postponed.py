"""A dataclass with postponed annotations holds the classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import keras
import numpy as np


@dataclass(frozen=True)
class Labels:
    values: np.ndarray

    @cached_property
    def classes(self) -> np.ndarray:
        return np.array(sorted(set(self.values.tolist())))

    @property
    def encoded(self) -> np.ndarray:
        return np.argmax(self.values[:, None] == self.classes, axis=1)

    def outside(self, outputs: int) -> list[int]:
        return [label for label in self.classes.tolist() if not 0 <= label < outputs]


def required_outputs(labels: np.ndarray) -> int:
    return Labels(labels).classes.tolist()[-1] + 1


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    return Labels(labels).outside(outputs)


def encode_labels(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    wrapped = Labels(labels)
    return wrapped.encoded, wrapped.classes


def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    hidden = keras.layers.Dense(units, activation="relu")
    output = keras.layers.Dense(len(Labels(labels).classes), activation="softmax")
    model = keras.Sequential([keras.Input(input_shape), keras.layers.Flatten(), hidden, output])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


if __name__ == "__main__":
    print(encode_labels(np.array([3, 40, 7, 3])))
