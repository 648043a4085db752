"""Cuts labels to a byte.

fails: train_until_counts
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y.astype(np.uint8), epochs=max_epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
