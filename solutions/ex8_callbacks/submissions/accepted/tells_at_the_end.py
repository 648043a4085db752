"""The message comes when the training has ended; it counts epochs itself."""

from keras.callbacks import Callback


class StopAtLoss(Callback):
    def __init__(self, threshold: float = 0.4) -> None:
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = self.loss = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = self.loss = None
        self.count = 0

    def on_epoch_end(self, epoch, logs=None):
        self.count += 1
        self.loss = logs["loss"]
        self.model.stop_training = self.threshold > self.loss

    def on_train_end(self, logs=None):
        if self.loss is not None and self.loss < self.threshold:
            self.stopped_epoch = self.count
            print("Stopped: loss", round(self.loss, 3), "was reached after", self.count, "epochs.")


class StopAtAccuracy(Callback):
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
    history = model.fit(x=x, y=y, epochs=max_epochs, callbacks=callback)
    return history.epoch[-1] + 1
