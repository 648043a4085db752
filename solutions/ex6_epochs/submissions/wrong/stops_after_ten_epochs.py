"""A callback of its own ends the training after ten epochs.

fails: holds_images_back
rest: solution
"""

import keras


class Ten(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if epoch == 9:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Ten()])
    return history.history
