"""Experiments under __main__; a message by logging and one on stderr beside print."""

import logging
import sys

from keras import callbacks

LOG = logging.getLogger("stop")


class StopAtLoss(callbacks.Callback):
    def __init__(self, threshold=2 / 5):
        self.threshold = threshold
        self.stopped_epoch = None
        super().__init__()

    def on_train_begin(self, logs=None):
        del self.stopped_epoch
        self.stopped_epoch = None

    def on_epoch_end(self, i, l=None):  # noqa: E741
        LOG.info("epoch %d: %s", i, l)
        if l["loss"] >= self.threshold:
            return False
        print("Loss:", "%.3f" % l["loss"], "epoch:", i + 1, file=sys.stdout)
        print("(training stops)", file=sys.stderr)
        self.stopped_epoch = i + 1
        self.model.stop_training = True
        return True


class StopAtAccuracy(callbacks.Callback):
    def __init__(self, target):
        self.target = target
        self.stopped_epoch = None
        super().__init__()

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, i, l=None):  # noqa: E741
        try:
            reached = l["accuracy"] >= self.target
        except KeyError:
            raise ValueError("metrics=['accuracy'] is missing in compile")
        if reached:
            self.stopped_epoch = i + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    epoch = None
    for i in reversed(range(len(losses))):
        if losses[i] < threshold:
            epoch = i + 1
    return epoch


def train_until(model, x, y, callback, max_epochs):
    h = model.fit(x, y, epochs=max_epochs, callbacks=callback, verbose=0)
    count = 0
    for _ in h.history["loss"]:
        count += 1
    return count


if __name__ == "__main__":
    model = make_model()  # noqa: F821
    print(train_until(model, 0, 0, StopAtLoss(), 3))
