"""An epoch is better only if it gains a ten-thousandth.

fails: best_epoch_one_based
says: a gain has no least size
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    best, smallest = 0, float("inf")
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < smallest - 1e-4:
            best, smallest = epoch, loss
    return best


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[0]
