"""Sorting a list makes a new one

fails: inputs_untouched
says: changed its input
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    epochs = {}
    for epoch, value in enumerate(val_loss, start=1):
        epochs.setdefault(value, epoch)
    val_loss.sort()
    return epochs[val_loss[0]]


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[best]
