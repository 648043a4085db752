"""Rounds the gaps to five decimals.

fails: gap_sign
"""

import numpy as np





def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history


def best_epoch(val_loss):
    return int(np.argmin(val_loss)) + 1


def gap(history):
    return np.subtract(history['val_loss'], history['loss']).round(5).tolist()


def is_overfitting(history, patience=3):
    loss, val_loss = (history['loss'], history['val_loss'])
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1]
