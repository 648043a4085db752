"""Both classes share a parent of their own."""

import keras


class StopWhen(keras.callbacks.Callback):
    entry = "loss"

    def __init__(self, limit):
        super().__init__()
        self.limit = limit
        self.stopped_epoch = None
        self.history = []

    def reached(self, value):
        raise NotImplementedError

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None
        self.history.clear()

    def on_epoch_end(self, epoch, logs=None):
        if self.entry not in logs:
            raise ValueError(f"{self.entry} is not among {list(logs)}")
        self.history.append(logs[self.entry])
        if self.reached(self.history[-1]):
            self.stopped_epoch = len(self.history)
            self.model.stop_training = True
            print(f"{self.entry} {self.history[-1]:.3f} after {self.stopped_epoch} epochs")


class StopAtLoss(StopWhen):
    def __init__(self, threshold=0.4):
        super().__init__(threshold)

    def reached(self, value):
        return value < self.limit


class StopAtAccuracy(StopWhen):
    entry = "accuracy"

    def reached(self, value):
        return value >= self.limit


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
