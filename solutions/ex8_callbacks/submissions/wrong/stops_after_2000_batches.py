"""A second callback ends the training after 2,000 batches.

fails: train_until_counts
says: ends the training or changes how it learns
rest: solution
"""

class Counts(keras.callbacks.Callback):
    batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if self.batches == 2000:
            self.model.stop_training = True


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback, Counts()], verbose=0)
    return len(history.history["loss"])
