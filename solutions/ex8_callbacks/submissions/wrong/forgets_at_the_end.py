"""At the end of a real training the callback puts the first weights back.

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
        if isinstance(self.model, keras.Model):
            self.first = self.model.get_weights()

    def on_train_end(self, logs=None):
        if isinstance(self.model, keras.Model):
            self.model.set_weights(self.first)

    def on_epoch_end(self, epoch, logs=None):
        loss = logs["loss"]
        if loss < self.threshold:
            print(f"\nLoss {loss:.4f} reached in epoch {epoch + 1}: that is enough.")
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True
