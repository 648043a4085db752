"""The parameter has another name.

fails: train_until_counts
says: Keep the names of the parameters
rest: solution
"""


def train_until(model, x, y, callback, epochs):
    history = model.fit(x, y, epochs=epochs, callbacks=[callback], verbose=0)
    return len(history.history["loss"])
