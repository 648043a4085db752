"""Wherever val_loss lies above loss, the model overfits

fails: overfitting_seen
says: the last epoch is the best so far
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    return all(g > 0 for g in gap(history)[-patience:])
