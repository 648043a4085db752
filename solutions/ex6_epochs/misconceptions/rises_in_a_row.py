"""val_loss must rise in each of the last epochs

fails: overfitting_seen
says: has not been as low again
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    if len(val_loss) <= patience:
        return False
    last = val_loss[-patience - 1 :]
    best = val_loss.index(min(val_loss))
    return all(b > a for a, b in zip(last, last[1:])) and loss[-1] < loss[best]
