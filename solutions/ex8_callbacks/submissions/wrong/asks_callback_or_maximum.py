"""The callback's stopped_epoch, or all epochs: Keras's EarlyStopping counts from 0.

fails: train_until_counts
says: This callback's stopped_epoch counts from 0
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    return callback.stopped_epoch or max_epochs
