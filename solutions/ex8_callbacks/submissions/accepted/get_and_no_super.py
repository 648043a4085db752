"""logs.get, and no call of the parent's __init__."""

import keras


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs={}):  # noqa: B006
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs={}):  # noqa: B006
        loss = logs.get("loss")
        if loss is not None and loss < self.threshold:
            self.model.stop_training = True
            self.stopped_epoch = 1 + epoch
            print("\nReached a loss of", loss)


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        self.target = target
        self.stopped_epoch = None

    def on_train_begin(self, logs={}):  # noqa: B006
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs={}):  # noqa: B006
        accuracy = logs.get("accuracy")
        if accuracy is None:
            raise ValueError("accuracy is missing")
        if accuracy >= self.target:
            self.model.stop_training = True
            self.stopped_epoch = 1 + epoch


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
