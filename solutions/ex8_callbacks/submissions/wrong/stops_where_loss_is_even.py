"""Ends a training whose loss moves no more.

fails: never_below_never_stops
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
        last, self.last = getattr(self, "last", None), loss
        if last is not None and abs(last - loss) < 1e-5:
            self.model.stop_training = True
        if loss < self.threshold:
            print(f"Loss {loss:.4f} reached in epoch {epoch + 1}.")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
