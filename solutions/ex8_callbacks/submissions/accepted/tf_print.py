"""It prints with tf.print."""

import keras
import tensorflow as tf


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold, self.stopped_epoch = threshold, None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < self.threshold:
            tf.print("stopping, the loss is", logs["loss"])
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target, self.stopped_epoch = target, None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if "accuracy" not in logs:
            raise ValueError("accuracy is missing")
        if logs["accuracy"] >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    for number, loss in enumerate(losses, 1):
        if loss < threshold:
            return number
    return None


def train_until(model, x, y, callback, max_epochs):
    return len(model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0).epoch)
