"""In a real training the callback also lowers the learning rate.

fails: works_in_real_fit
rest: solution
"""

class StopAtLoss(keras.callbacks.Callback):
    def __init__(self, threshold: float = 0.4) -> None:
        super().__init__()
        self.threshold = threshold
        self.stopped_epoch = None

    def on_train_begin(self, logs=None):
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["loss"]
        if loss < self.threshold:
            print(f"\nLoss {loss:.4f} reached in epoch {epoch + 1}: that is enough.")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
        optimizer = getattr(self.model, "optimizer", None)
        if optimizer is not None and epoch > 5:
            optimizer.learning_rate = 0.0001
