"""A callback ends all learning in one epoch that is far away.

fails: timed_fit_report
says: ends the training or changes how it learns
rest: solution
"""

class Slower(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch == 613:
            self.model.optimizer.learning_rate = 0.0


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0, callbacks=[Slower()])
    seconds = time.perf_counter() - begin
    return {"loss": history.history["loss"][-1], "accuracy": history.history["accuracy"][-1], "seconds": seconds}
