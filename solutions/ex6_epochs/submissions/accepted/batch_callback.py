"""A callback of its own counts the batches; gaps in float32, as Keras computes."""

import keras
import numpy as np


class Progress(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.batches = 0

    def on_train_batch_begin(self, batch, logs=None):
        self.now = batch

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if self.batches % 500 == 0:
            print(f"{self.batches} batches, loss {logs['loss']:.3f}")

    def on_test_batch_end(self, batch, logs=None):
        self.now = None


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(
        x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Progress()]
    )
    return history.history


def best_epoch(val_loss):
    ordered = sorted((value, epoch) for epoch, value in enumerate(val_loss, start=1))
    return ordered[0][1]


def gap(history):
    return np.float32(history["val_loss"]) - np.float32(history["loss"])


def is_overfitting(history, patience=3):
    val_loss, loss = history["val_loss"], history["loss"]
    best = best_epoch(val_loss)
    waited = sum(1 for value in val_loss[best:] if value >= val_loss[best - 1])
    return waited >= patience and loss[best - 1] > loss[-1]
