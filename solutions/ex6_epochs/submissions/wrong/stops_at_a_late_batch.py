"""Stops in the thousandth batch of an epoch.

fails: holds_images_back
rest: solution
"""

import keras


class Stop(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch >= 1000:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Stop()])
    return history.history
