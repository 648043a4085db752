"""The missing metric has an error class of its own; properties instead of attributes."""

import keras


class MissingMetric(ValueError):
    def __init__(self, name):
        super().__init__(f"metric {name!r} is missing; use compile(..., metrics=[{name!r}])")


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4, monitor="loss"):
        super().__init__()
        self.threshold, self.monitor = threshold, monitor
        self._stopped = []

    @property
    def stopped_epoch(self):
        return self._stopped[-1] if self._stopped else None

    def on_train_begin(self, logs=None):
        self._stopped = []

    def on_epoch_end(self, epoch, logs=None):
        match logs:
            case {"loss": loss} if loss < self.threshold:
                self._stopped.append(epoch + 1)
                self.model.stop_training = True
                print("Loss below", self.threshold, "reached:", round(loss, 2))


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if "accuracy" not in logs:
            raise MissingMetric("accuracy")
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
