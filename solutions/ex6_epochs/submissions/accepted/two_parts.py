"""Looks at the part before the last patience epochs and at that part itself."""

import numpy as np


def train_with_validation(model, x, y, epochs, fraction=0.2):
    n_train = round(len(x) * (1 - fraction))
    (x_train, x_val), (y_train, y_val) = np.split(x, [n_train]), np.split(y, [n_train])
    h = model.fit(
        x=x_train, y=y_train, validation_data=(x_val, y_val), epochs=epochs, shuffle=True
    )
    return h.history


def best_epoch(val_loss):
    low = np.min(val_loss)
    return np.int64(list(val_loss).index(low) + 1)


def gap(history):
    return np.subtract(history["val_loss"], history["loss"]).tolist()


def is_overfitting(history, patience=3):
    val_loss, loss = history["val_loss"], history["loss"]
    if len(val_loss) <= patience:
        return False
    before, after = val_loss[:-patience], val_loss[-patience:]
    if min(after) < min(before):
        return False
    return np.bool_(loss[-1] < loss[int(np.argmin(val_loss))])
