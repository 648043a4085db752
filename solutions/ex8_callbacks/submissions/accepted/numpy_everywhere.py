"""NumPy's scalars instead of Python's."""

import keras
import numpy as np


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = np.float32(threshold)
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.threshold:
            print(f"Stopped at a loss of {logs['loss']:.4f}")
            self.stopped_epoch = np.int64(epoch + 1)
            self.model.stop_training = np.bool_(True)


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = np.float32(target)
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if "accuracy" not in logs:
            raise ValueError("no accuracy in the logs: compile with metrics=['accuracy']")
        if logs["accuracy"] >= self.target:
            self.stopped_epoch = np.int32(epoch) + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    below = np.flatnonzero(np.asarray(losses, dtype=float) < threshold)
    return below[0] + 1 if below.size else None


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return np.size(history.history["loss"])
