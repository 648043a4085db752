"""Takes any entry with accuracy in its name.

fails: missing_metric_explained
says: The logs hold no entry "accuracy"
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
        key = next((key for key in logs if "accuracy" in key), None)
        if key is None:
            raise ValueError("no accuracy")
        accuracy = logs[key]
        if accuracy >= self.target:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
