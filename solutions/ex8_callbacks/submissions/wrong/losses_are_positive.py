"""A loss below 0 does not count.

fails: stops_at_first_epoch_below
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

        if 0 <= loss < self.threshold:
            print(f"Loss {loss:.4f} reached in epoch {epoch + 1}.")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
