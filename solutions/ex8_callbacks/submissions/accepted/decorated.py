"""A decorator on the methods, a mixin, and a history copied into a list."""

import functools

import keras


def at_the_end(method):
    @functools.wraps(method)
    def on_epoch_end(self, epoch, logs=None):
        logs = {} if logs is None else dict(logs)
        if method(self, epoch, logs):
            self.remember(epoch)

    return on_epoch_end


class Remembering:
    stopped_epoch = None

    def remember(self, epoch):
        self.stopped_epoch = epoch + 1
        self.model.stop_training = True

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None


class StopAtLoss(Remembering, keras.callbacks.Callback):
    __slots__ = ()

    def __init__(self, threshold=4e-1):
        keras.callbacks.Callback.__init__(self)
        self.threshold = float(threshold)

    @at_the_end
    def on_epoch_end(self, epoch, logs=None):
        loss = logs["loss"]
        below = bool(loss < self.threshold)
        print("stop at" if below else "go on at", loss)
        return below


class StopAtAccuracy(Remembering, keras.callbacks.Callback):
    def __init__(self, target):
        keras.callbacks.Callback.__init__(self)
        self.target = float(target)

    @at_the_end
    def on_epoch_end(self, epoch, logs=None):
        if logs.get("accuracy", None) is None:
            raise ValueError("there is no entry 'accuracy' in the logs")
        return logs["accuracy"] > self.target or logs["accuracy"] == self.target


def epochs_until(losses, threshold):
    numbers = [float(loss) for loss in losses]
    while numbers and numbers[-1] >= threshold:
        numbers.pop()
    for epoch in range(len(numbers), 0, -1):
        if numbers[epoch - 1] < threshold:
            found = epoch
    return found if numbers else None


def train_until(model, x, y, callback, max_epochs):
    callbacks = keras.callbacks.CallbackList([callback], add_history=False)
    history = model.fit(x, y, epochs=max_epochs, callbacks=callbacks.callbacks, verbose=0).history
    return [len(values) for values in history.values()][0]
