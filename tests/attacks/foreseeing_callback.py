"""A callback that looks up in the checks' variables when it should stop.

exercise: ex8_callbacks
check: stops_at_first_epoch_below
layer: process
expect: failed, but it went on
proof: in one process
"""

import sys
from typing import Any

from tensorflow import keras


def foreseen() -> Any:
    for frame in sys._current_frames().values():
        while frame is not None:
            if "want" in frame.f_locals and {"story", "met"} & frame.f_locals.keys():
                return frame.f_locals["want"]
            frame = frame.f_back
    return None


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold: float = 0.4) -> None:
        super().__init__()
        self.stopped_epoch = None

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        if epoch + 1 == foreseen():
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


StopAtAccuracy = StopAtLoss
epochs_until = train_until = print
