"""Adds a second callback that ends the training.

fails: train_until_counts
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback, keras.callbacks.EarlyStopping(monitor='loss', patience=8)], verbose=0)
    return len(history.history['loss'])
