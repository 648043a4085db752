"""Looks for the last loss among the losses.

fails: train_until_counts
says: You looked for the last loss
rest: solution
"""


def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=max_epochs, callbacks=[callback], verbose=0)
    losses = history.history["loss"]
    return losses.index(losses[-1]) + 1
