"""Stops the model that it was given, not the callback's.

fails: train_until_counts
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    def stop(epoch, logs):
        if epoch >= 40:
            model.stop_training = True

    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback, keras.callbacks.LambdaCallback(on_epoch_end=stop)], verbose=0)
    return len(history.history["loss"])
