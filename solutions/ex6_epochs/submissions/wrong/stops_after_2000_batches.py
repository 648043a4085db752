"""A callback counts batches, and ends the training after 2,000.

fails: holds_images_back
says: ends the training or changes how it learns
rest: solution
"""

import keras


class Counts(keras.callbacks.Callback):
    batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if self.batches == 2000:
            self.model.stop_training = True


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, callbacks=[Counts()])
    return history.history
