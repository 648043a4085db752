"""fit knows how many epochs are wanted

fails: holds_images_back
says: fit trains one epoch unless you pass epochs=
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = val_loss.index(min(val_loss))
    return len(val_loss) - 1 - best >= patience and loss[-1] < loss[best]
