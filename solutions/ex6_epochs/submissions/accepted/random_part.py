"""Holds back a random part, with positional arguments to fit."""

import numpy as np


def train_with_validation(model, x, y, epochs, fraction=0.2):
    rng = np.random.default_rng()
    order = rng.permutation(len(x))
    held = int(np.ceil(len(x) * fraction))
    val, train = order[:held], order[held:]
    history = model.fit(
        x[train], y[train], None, epochs, 0, None, 0.0, (x[val], y[val])
    )
    return dict(history.history)


def best_epoch(val_loss):
    return np.argmin(np.array(val_loss)) + 1


def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])


def is_overfitting(history, patience=3):
    val_loss = np.array(history["val_loss"])
    loss = np.array(history["loss"])
    best = np.argmin(val_loss)
    return np.logical_and(val_loss.size - 1 - best >= patience, loss[-1] < loss[best])
