"""A loss of 0.0 counts as missing.

fails: stops_at_first_epoch_below
says: A loss of 0.0 is a loss like others
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
        loss = logs.get("loss")
        if loss and loss < self.threshold:
            print(f"loss {loss:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
