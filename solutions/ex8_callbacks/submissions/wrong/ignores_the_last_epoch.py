"""In the last epoch it does not look: training ends anyway.

fails: stops_at_first_epoch_below
says: The last epoch counts like the others
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
        if epoch + 1 == self.params["epochs"]:
            return
        if loss < self.threshold:
            print(f"loss {loss:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
