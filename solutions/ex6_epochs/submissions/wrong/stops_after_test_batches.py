"""Stops after a hundred batches of held-back images.

fails: holds_images_back
rest: solution
"""

import keras


class Stop(keras.callbacks.Callback):
    seen = 0

    def on_test_batch_end(self, batch, logs=None):
        self.seen += 1
        if self.seen >= 100:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Stop()])
    return history.history
