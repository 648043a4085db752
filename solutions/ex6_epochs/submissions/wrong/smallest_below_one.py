"""The search for the smallest begins at 1.

fails: best_epoch_one_based
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    smallest, best = 1.0, 1
    for epoch, value in enumerate(val_loss, start=1):
        if value < smallest:
            smallest, best = value, epoch
    return best


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[best]
