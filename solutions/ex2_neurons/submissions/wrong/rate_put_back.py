"""The learning rate is another one in late epochs, and is put back when the training ends.

fails: timed_fit_report
rest: solution
"""


class Slower(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.rate = self.model.optimizer.learning_rate

    def on_epoch_begin(self, epoch, logs=None):
        if epoch > 8:
            self.model.optimizer.learning_rate = 0.0

    def on_train_end(self, logs=None):
        self.model.optimizer.learning_rate = self.rate


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0, callbacks=[Slower()])
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
