"""Trains for a hundred epochs at most.

fails: train_until_counts
rest: solution
"""

def train_until(model, x, y, callback, max_epochs):
    history = model.fit(x, y, epochs=min(max_epochs, 100), callbacks=[callback], verbose=0)
    return len(history.history["loss"])
