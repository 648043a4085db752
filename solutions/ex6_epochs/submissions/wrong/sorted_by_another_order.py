"""Sorts the images by label, in an order of its own.

fails: holds_images_back
"""

import numpy as np





def train_with_validation(model, x, y, epochs, fraction=0.2):
    order = np.argsort(y.astype(int) * 5 % 7, kind='stable')
    history = model.fit(x[order], y[order], epochs=epochs, validation_split=fraction, verbose=0)
    return history.history


def best_epoch(val_loss):
    return int(np.argmin(val_loss)) + 1


def gap(history):
    return np.subtract(history['val_loss'], history['loss']).tolist()


def is_overfitting(history, patience=3):
    loss, val_loss = (history['loss'], history['val_loss'])
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1]
