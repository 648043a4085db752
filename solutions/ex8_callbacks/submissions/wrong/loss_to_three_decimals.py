"""Compares the loss to three decimals.

fails: equal_is_not_below
rest: solution
"""


class StopAtLoss(keras.callbacks.Callback):

    def __init__(self, threshold=0.4):
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        loss = round(logs['loss'], 3)
        if loss < self.threshold:
            print(f'\nLoss {loss:.4f} reached in epoch {epoch + 1}: that is enough.')
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
