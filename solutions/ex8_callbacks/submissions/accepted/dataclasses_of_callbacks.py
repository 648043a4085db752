"""Callbacks that are dataclasses, an error with two parents, takewhile."""

from dataclasses import dataclass, field
from itertools import takewhile

import keras


class MissingMetric(KeyError, ValueError):
    def __str__(self):
        return f"the logs hold no {self.args[0]!r}"


@dataclass(eq=False)
class StopAtLoss(keras.callbacks.Callback):
    threshold: float = 0.4
    stopped_epoch: int | None = field(default=None, init=False)

    def __post_init__(self):
        super().__init__()

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        match logs:
            case {"loss": loss} if loss < self.threshold:
                self.stopped_epoch = epoch + 1
                self.model.stop_training = True
                print(f"Epoch {epoch + 1}: loss {loss:.4f} < {self.threshold:.4f}.", flush=True)


@dataclass(eq=False)
class StopAtAccuracy(keras.callbacks.Callback):
    target: float
    stopped_epoch: int | None = field(default=None, init=False)

    def __post_init__(self):
        super().__init__()

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        try:
            reached = (logs or {})["accuracy"]
        except KeyError:
            raise MissingMetric("accuracy") from None
        if reached >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    values = [float(value) for value in losses]
    above = sum(1 for _ in takewhile(lambda loss: not loss < threshold, values))
    return above + 1 if above < len(values) else None


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    (count,) = {len(values) for values in history.history.values()}
    return count
