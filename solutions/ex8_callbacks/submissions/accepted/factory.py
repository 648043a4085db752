"""Both classes come out of one function; the rest are lambdas."""

import operator

import keras


def stopper(key, reached, default=None):
    class Stopper(keras.callbacks.Callback):
        def __init__(self, *limits):
            super().__init__()
            (self.limit,) = limits or (default,)
            self.stopped_epoch = None

        def on_train_begin(self, logs=None):
            self.stopped_epoch = None

        def on_epoch_end(self, *args, **kwargs):
            epoch, logs = args
            try:
                value = logs[key]
            except KeyError as error:
                raise ValueError(f"the logs {sorted(logs)} hold no {key}") from error
            if reached(value, self.limit):
                print(f"{key} is {value:.5f} now, {self.limit} was asked for")
                self.stopped_epoch = epoch + 1
                self.model.stop_training = True

    return Stopper


StopAtLoss = stopper("loss", operator.lt, 0.4)
StopAtAccuracy = stopper("accuracy", operator.ge)
epochs_until = lambda losses, threshold: next(  # noqa: E731
    (i + 1 for i in range(len(losses)) if losses[i] < threshold), None
)
train_until = lambda model, x, y, callback, max_epochs: (
    max(  # noqa: E731
        model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0).epoch
    )
    + 1
)
