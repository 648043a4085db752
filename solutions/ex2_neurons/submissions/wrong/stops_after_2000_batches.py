"""A callback counts batches, and ends the training after 2,000.

fails: timed_fit_report
says: ends the training or changes how it learns
rest: solution
"""

class Counts(keras.callbacks.Callback):
    batches = 0

    def on_train_batch_end(self, batch, logs=None):
        self.batches += 1
        if self.batches == 2000:
            self.model.stop_training = True


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0, callbacks=[Counts()])
    seconds = time.perf_counter() - begin
    return {"loss": history.history["loss"][-1], "accuracy": history.history["accuracy"][-1], "seconds": seconds}
