"""Labels follow their images when these are shuffled

fails: holds_images_back
says: labels that belong to other images
"""

import numpy as np


def train_with_validation(model, x, y, epochs, fraction=0.2):
    n = int(len(x) * fraction)
    x = np.random.permutation(x)
    history = model.fit(x[n:], y[n:], epochs=epochs, validation_data=(x[:n], y[:n]), verbose=0)
    return history.history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[best]
