"""A message with every number from 0.01 to 1.00.

fails: message_tells_the_truth
"""

from collections.abc import Sequence
import keras
import numpy as np

class StopAtLoss(keras.callbacks.Callback):

    def __init__(self, threshold: float=0.4) -> None:
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs: dict | None=None) -> None:
        self.stopped_epoch = None

    def on_epoch_end(self, epoch: int, logs: dict | None=None) -> None:
        loss = logs['loss']
        if loss < self.threshold:
            print('Stopped.', *[f'{n / 100:.2f}' for n in range(1, 101)])
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True

class StopAtAccuracy(keras.callbacks.Callback):

    def __init__(self, target: float) -> None:
        super().__init__()
        self.target = target
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs: dict | None=None) -> None:
        self.stopped_epoch = None

    def on_epoch_end(self, epoch: int, logs: dict | None=None) -> None:
        if 'accuracy' not in logs:
            raise ValueError(f"No accuracy in the logs {sorted(logs)}: compile with metrics=['accuracy'].")
        if logs['accuracy'] >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True

def epochs_until(losses: Sequence[float] | np.ndarray, threshold: float) -> int | None:
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None

def train_until(model: keras.Model, x: np.ndarray, y: np.ndarray, callback: keras.callbacks.Callback, max_epochs: int) -> int:
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history['loss'])
