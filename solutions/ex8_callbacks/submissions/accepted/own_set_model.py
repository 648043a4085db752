"""It keeps the model itself; extra parameters everywhere; History and LambdaCallback count."""

from tensorflow.keras.callbacks import Callback, History


class StopAtLoss(Callback):
    def __init__(self, threshold=0.4, **kwargs):
        super().__init__(**kwargs)
        self.threshold = threshold
        self.stopped_epoch = None

    def set_model(self, model):
        super().set_model(model)
        self.trained = model

    def on_train_begin(self, logs=None, **kwargs):
        super().on_train_begin(logs)
        self.stopped_epoch = None

    def on_epoch_end(self, epoch, logs=None, **kwargs):
        super().on_epoch_end(epoch, logs)
        if (loss := logs["loss"]) < self.threshold:
            print(f"epoch {epoch + 1}: {loss=:.3f}", end="")
            self.stopped_epoch = epoch + 1
            setattr(self.trained, "stop_training", True)


class StopAtAccuracy(StopAtLoss):
    def __init__(self, target):
        super().__init__(threshold=target)

    def on_epoch_end(self, epoch, logs=None, **kwargs):
        if "accuracy" not in (logs or ()):
            raise ValueError("Accuracy? compile(metrics=['accuracy'])")
        if self.threshold <= logs["accuracy"]:
            self.stopped_epoch = epoch + 1
            self.model.stop_training = True


def epochs_until(losses, threshold):
    import itertools

    above = list(itertools.takewhile(lambda loss: loss >= threshold, losses))
    return len(above) + 1 if len(above) != len(losses) else None


def train_until(model, x, y, callback, max_epochs):
    own = History()
    model.fit(x, y, epochs=max_epochs, callbacks=[callback, own], verbose=0)
    return len(own.epoch)
