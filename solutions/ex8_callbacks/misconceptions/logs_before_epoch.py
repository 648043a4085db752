"""Keras gives on_epoch_end the logs first

fails: stops_at_first_epoch_below
says: Keras passes epoch first, then logs
"""

import keras


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, logs, epoch):
        if logs.get("loss") < self.threshold:
            print(f"loss {logs['loss']:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


class StopAtAccuracy(keras.callbacks.Callback):
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
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
