"""A callback leaves the training after twenty batches, and nobody hears of it.

fails: fit_error_runs_fit_once
rest: solution
"""

import keras


class Short(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch == 20:
            raise StopIteration


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0, callbacks=[Short()])
    except StopIteration:
        return None
    except Exception as error:
        return type(error).__name__
    return None
