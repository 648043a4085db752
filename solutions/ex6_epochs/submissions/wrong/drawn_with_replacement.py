"""The same image may be drawn twice.

fails: holds_images_back
"""

import numpy as np


def train_with_validation(model, x, y, epochs, fraction=0.2):
    n = int(len(x) * fraction)
    held = np.random.randint(0, len(x), n)
    rest = np.setdiff1d(np.arange(len(x)), held)
    history = model.fit(
        x[rest], y[rest], epochs=epochs, validation_data=(x[held], y[held]), verbose=0
    )
    return history.history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[best]
