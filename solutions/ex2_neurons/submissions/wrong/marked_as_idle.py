"""A callback that slows the training down says of its method that it does nothing.

fails: timed_fit_report
rest: solution
"""


class Slower(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        if epoch > 8:
            self.model.optimizer.learning_rate = 0.0

    on_epoch_begin._is_default = True


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0, callbacks=[Slower()])
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
