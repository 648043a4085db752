"""Counts all epochs without a gain, also those before the best.

fails: later_best_counts
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best, worse = 0, 0
    for i in range(1, len(val_loss)):
        if val_loss[i] < val_loss[best]:
            best = i
        else:
            worse += 1
    return worse >= patience and loss[-1] < loss[best]
