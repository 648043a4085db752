"""A callback that ends a training, but only of a real model.

fails: history_of_real_model
rest: solution
"""

import keras


class Stops(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if isinstance(self.model, keras.Model) and epoch > 8:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Stops()])
    return history.history
