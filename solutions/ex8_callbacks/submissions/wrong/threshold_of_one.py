"""Takes no threshold above 1, as if a loss were a share.

fails: stops_at_first_epoch_below
rest: solution
"""


class StopAtLoss(keras.callbacks.Callback):

    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = min(threshold, 1.0)
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        loss = logs['loss']
        if loss < self.threshold:
            print(f'\nLoss {loss:.4f} reached in epoch {epoch + 1}: that is enough.')
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
