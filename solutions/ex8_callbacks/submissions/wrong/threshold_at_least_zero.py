"""A threshold below 0 counts as 0.

fails: stops_at_first_epoch_below
says: is not below a threshold of -1.0
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
        if loss < max(self.threshold, 0):
            print(f"loss {loss:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
