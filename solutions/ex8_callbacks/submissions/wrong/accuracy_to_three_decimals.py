"""Compares the accuracy to three decimals.

fails: accuracy_target
rest: solution
"""


class StopAtAccuracy(keras.callbacks.Callback):

    def __init__(self, target):
        super().__init__()
        self.target = target
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if 'accuracy' not in logs:
            raise ValueError(f"No accuracy in the logs {sorted(logs)}: compile with metrics=['accuracy'].")
        if round(logs['accuracy'], 3) >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
