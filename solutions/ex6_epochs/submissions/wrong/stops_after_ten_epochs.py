"""A callback of its own ends the training after ten epochs.

fails: holds_images_back
"""

import keras
import numpy as np


class Ten(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch == 9:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Ten()])
    return history.history


def best_epoch(val_loss):
    return int(np.argmin(val_loss)) + 1


def gap(history):
    return np.subtract(history['val_loss'], history['loss']).tolist()


def is_overfitting(history, patience=3):
    loss, val_loss = (history['loss'], history['val_loss'])
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1]
