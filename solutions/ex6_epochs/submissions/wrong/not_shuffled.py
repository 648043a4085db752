"""The images always come in the same order.

fails: holds_images_back
"""

from typing import Any
import numpy as np

def train_with_validation(model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float=0.2) -> dict[str, list[float]]:
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, shuffle=False)
    return history.history

def best_epoch(val_loss: list[float]) -> int:
    return int(np.argmin(val_loss)) + 1

def gap(history: dict[str, list[float]]) -> list[float]:
    return np.subtract(history['val_loss'], history['loss']).tolist()

def is_overfitting(history: dict[str, list[float]], patience: int=3) -> bool:
    loss, val_loss = (history['loss'], history['val_loss'])
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1]
