"""Recursion, a dataclass for what is known, and a lambda callback that counts."""

from __future__ import annotations

from dataclasses import dataclass

import tensorflow as tf


@dataclass
class State:
    limit: float
    epoch: int | None = None
    value: float | None = None

    def __str__(self) -> str:
        return f"{self.value:.2f} beyond {self.limit} in epoch {self.epoch}"


class Watching(tf.keras.callbacks.Callback):
    sign: int
    key: str

    def __init__(self, limit: float) -> None:
        super().__init__()
        self.state = State(limit)

    @property
    def stopped_epoch(self) -> int | None:
        return self.state.epoch

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        self.state = State(self.state.limit)

    def stop(self, epoch: int, value: float) -> None:
        self.state.epoch, self.state.value = epoch + 1, value
        self.model.stop_training = 1
        print(self.key, self.state)


class StopAtLoss(Watching):
    key = "loss"

    def __init__(self, threshold: float = 0.4) -> None:
        super().__init__(threshold)

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        if logs is not None and self.state.limit - logs[self.key] > 0:
            self.stop(epoch, logs[self.key])


class StopAtAccuracy(Watching):
    key = "accuracy"

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        logs = dict(logs or {})
        if self.key not in logs:
            raise ValueError(f"{self.key} is not measured")
        if logs.pop(self.key) - self.state.limit >= 0:
            self.stop(epoch, 1.0)


def epochs_until(losses, threshold, epoch=1):
    if len(losses) == 0:
        return None
    head, *tail = losses
    return epoch if head < threshold else epochs_until(tail, threshold, epoch + 1)


def train_until(model, x, y, callback, max_epochs):
    seen = []
    count = tf.keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(epoch))
    model.fit(x=x, y=y, epochs=max_epochs, callbacks=[count, callback], verbose=0)
    return seen[-1] + 1
