"""Holds back half of the images at most.

fails: holds_images_back
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y, epochs=epochs, validation_split=min(fraction, 0.5), verbose=0)
    return history.history
