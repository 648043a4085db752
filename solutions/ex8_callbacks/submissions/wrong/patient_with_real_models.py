"""Keras's own models stop when they get no better.

fails: works_in_real_fit
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    own = [callback]
    if isinstance(model, keras.Model):
        own.append(keras.callbacks.EarlyStopping("loss", patience=20))
    history = model.fit(x, y, epochs=max_epochs, callbacks=own, verbose=0)
    return len(history.history["loss"])
