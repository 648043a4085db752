"""Trains for fifty epochs at most.

fails: holds_images_back
rest: solution
"""

def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=min(epochs, 50), validation_split=fraction, verbose=0)
    return history.history
