"""Ends a training also where a loss is NaN.

fails: train_until_counts
says: TerminateOnNaN
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    callbacks = [callback, keras.callbacks.TerminateOnNaN()]
    history = model.fit(x, y, epochs=max_epochs, callbacks=callbacks, verbose=0)
    return len(history.history["loss"])
