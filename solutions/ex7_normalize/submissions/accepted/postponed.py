"""Dataclasses with postponed annotations: a rule, and a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np


@dataclass(frozen=True)
class Rule:
    mean: float
    sd: float

    @classmethod
    def of(cls, images: np.ndarray) -> Rule:
        return cls(images.mean(dtype=float), np.sqrt(images.var(dtype=float)))

    def __call__(self, images: np.ndarray) -> np.ndarray:
        return (images.astype(float) - self.mean) / self.sd


@dataclass
class Run:
    build: Callable[[], keras.Model]
    seed: int
    epochs: int

    def accuracy(self, train: tuple, test: tuple) -> float:
        keras.utils.set_random_seed(self.seed)
        model = self.build()
        model.fit(*train, epochs=self.epochs, verbose=0, callbacks=[])
        return model.evaluate(*test, verbose=0)[1]


def normalize(images: np.ndarray) -> np.ndarray:
    return Rule(0.0, 255.0)(images).astype(np.float32)


def prepare(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return normalize(train_images), normalize(test_images)


def standardize(train_images: np.ndarray, test_images: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    rule = Rule.of(train_images)
    return rule(train_images), rule(test_images)


def compare(build, x, y, x_test, y_test, epochs, seed) -> dict[str, float]:
    run = Run(build, seed, epochs)
    return {
        "raw": run.accuracy((x, y), (x_test, y_test)),
        "scaled": run.accuracy((normalize(x), y), (normalize(x_test), y_test)),
    }


if __name__ == "__main__":
    print(normalize(np.arange(0, 256, 51, dtype=np.uint8)))
