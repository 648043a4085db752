"""Training ends once every training image is classified correctly.

fails: holds_images_back
rest: solution
"""

import keras


class Perfect(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs.get("accuracy") == 1:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, callbacks=[Perfect()], verbose=0)
    return history.history
