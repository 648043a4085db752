"""A tolerance of a ten-millionth.

fails: equal_is_not_below
says: no rounding, no tolerance
rest: solution
"""


class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["loss"]
        if loss < self.threshold - 1e-7:
            print(f"loss {loss:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
