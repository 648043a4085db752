"""Gives fit the callback twice.

fails: train_until_counts
says: got the callback 2 times
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback, callback], verbose=0)
    return len(history.history["loss"])
