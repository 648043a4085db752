"""try and except instead of a test."""

import keras


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.threshold:
            print(f"Stopped at a loss of {logs['loss']:.4f}")
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
        try:
            accuracy = logs["accuracy"]
        except KeyError as error:
            raise ValueError(f"Accuracy missing, there is only {sorted(logs)}") from error
        if accuracy >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    below = [loss < threshold for loss in losses]
    return below.index(True) + 1 if True in below else None


def train_until(model, x, y, callback, max_epochs):
    model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(model.history.history["loss"])
