"""It remembers the last batch's loss, which is the epoch's running mean."""

import tensorflow as tf


class StopAtLoss(tf.keras.callbacks.Callback):
    stopped_epoch = None

    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_begin(self, epoch, logs=None):
        self.steps, self.loss = 0, None

    def on_train_batch_end(self, batch, logs=None):
        self.steps += 1
        self.loss = float(logs["loss"])

    def on_epoch_end(self, epoch, logs=None):
        if self.loss < self.threshold:
            print(f"loss: {self.loss:.3e} after {self.steps} steps of epoch {epoch + 1}")
            self.stopped_epoch, self.model.stop_training = epoch + 1, True


class StopAtAccuracy(tf.keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if "accuracy" not in logs:
            raise ValueError("no accuracy in the logs: compile with metrics=['accuracy']")
        if logs["accuracy"] >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=(callback,), verbose=2, batch_size=32)
    return len(history.history["loss"])
