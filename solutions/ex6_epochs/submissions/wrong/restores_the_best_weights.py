"""At the end a callback puts the weights of the best epoch back.

fails: holds_images_back
says: ends the training or changes how it learns
rest: solution
"""

import keras


class Best(keras.callbacks.Callback):
    best, kept = float("inf"), None

    def on_epoch_end(self, epoch, logs=None):
        if logs["val_loss"] < self.best:
            self.best = logs["val_loss"]
            self.kept = self.model.get_weights()

    def on_train_end(self, logs=None):
        if self.kept is not None:
            self.model.set_weights(self.kept)


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Best()])
    return history.history
