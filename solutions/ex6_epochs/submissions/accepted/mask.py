"""A boolean mask that takes every so many-th image; a nested helper; a walrus."""

import numpy as np
from numpy.typing import NDArray


def _held(n: int, fraction: float) -> NDArray[np.bool_]:
    positions = np.arange(n)
    return np.floor((positions + 1) * fraction) > np.floor(positions * fraction)


def train_with_validation(model, x, y, epochs, fraction=0.2):
    mask = _held(len(x), fraction)
    history = model.fit(
        x[~mask].astype("float64"),
        y[~mask].reshape(-1, 1),
        epochs=int(epochs),
        validation_data=(x[mask], y[mask]),
        validation_batch_size=16,
        verbose="auto",
    )
    return {**history.history}


def best_epoch(val_loss):
    if (n := len(val_loss)) == 1:
        return n
    return 1 + next(i for i, v in enumerate(val_loss) if all(v <= w for w in val_loss))


def gap(history):
    train, validation = (np.asarray(history[k], dtype="float32") for k in ("loss", "val_loss"))
    return [np.float32(d) for d in validation - train]


def is_overfitting(history, patience=3):
    def since(values):
        return len(values) - best_epoch(values)

    match since(history["val_loss"]):
        case n if n >= patience:
            return history["loss"][-1] < history["loss"][-1 - n]
    return False
