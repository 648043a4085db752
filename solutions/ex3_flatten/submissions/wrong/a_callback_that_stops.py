"""A callback ends the training when it goes well.

fails: fit_error_runs_fit_once
rest: solution
"""

import keras


class Stop(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < 0.1:
            self.model.stop_training = True


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0, callbacks=[Stop()])
    except Exception as error:
        return type(error).__name__
    return None
