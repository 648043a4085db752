"""Asks for the accuracy in epoch 0 only, which a training need not have.

fails: missing_metric_explained
says: your callback says nothing
rest: solution
"""


class StopAtAccuracy(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        if epoch == 0 and "accuracy" not in logs:
            raise ValueError("no accuracy")
        accuracy = logs.get("accuracy", 0.0)
        if accuracy >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
