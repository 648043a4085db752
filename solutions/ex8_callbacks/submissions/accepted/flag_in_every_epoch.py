"""It writes the flag in each epoch, True or False."""

import keras


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        done = logs["loss"] < self.threshold
        self.model.stop_training = done
        if done:
            print(f"Stopped at a loss of {logs['loss']:.4f}")
            self.stopped_epoch = epoch + 1


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
        self.model.stop_training = bool(logs["accuracy"] >= self.target)
        if self.model.stop_training:
            self.stopped_epoch = epoch + 1


def epochs_until(losses, threshold):
    return next((n for n, loss in enumerate(losses, 1) if loss < threshold), None)


def train_until(model, x, y, callback, max_epochs):
    return len(model.fit(x, y, None, max_epochs, 0, [callback]).epoch)
