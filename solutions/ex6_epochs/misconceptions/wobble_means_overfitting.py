"""The training loss goes up and down: that is overfitting (the text)

fails: overfitting_seen
says: that IS overfitting
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    return model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0).history


def best_epoch(val_loss):
    return val_loss.index(min(val_loss)) + 1


def gap(history):
    return [v - t for t, v in zip(history["loss"], history["val_loss"])]


def is_overfitting(history, patience=3):
    loss = history["loss"]
    rises = sum(after > before for before, after in zip(loss, loss[1:]))
    return rises >= patience
