"""The loss is called an accuracy, on the line above it.

fails: message_tells_the_truth
says: an accuracy, but this number is
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
        if loss < self.threshold:
            print(f"Reached accuracy:\n{loss:.4f}")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
