"""A dataclass with postponed annotations does the work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np


@dataclass
class Curves:
    loss: list[float]
    val_loss: list[float]
    notes: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, history: dict[str, list[float]]) -> Curves:
        return cls(loss=list(history["loss"]), val_loss=list(history["val_loss"]))

    @property
    def best(self) -> int:
        return min(range(len(self.val_loss)), key=self.val_loss.__getitem__)

    @property
    def waited(self) -> int:
        return len(self.val_loss[self.best + 1 :])


def train_with_validation(
    model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float = 0.2
) -> dict[str, list[float]]:
    held = slice(0, int(fraction * len(x)))
    rest = slice(held.stop, None)
    return model.fit(
        x[rest], y[rest], epochs=epochs, validation_data=(x[held], y[held]), verbose=0
    ).history


def best_epoch(val_loss: list[float]) -> int:
    return Curves([], val_loss).best + 1


def gap(history: dict[str, list[float]]) -> list[float]:
    curves = Curves.of(history)
    return [b - a for a, b in zip(curves.loss, curves.val_loss, strict=True)]


def is_overfitting(history: dict[str, list[float]], patience: int = 3) -> bool:
    curves = Curves.of(history)
    return curves.waited >= patience and curves.loss[-1] < curves.loss[curves.best]
