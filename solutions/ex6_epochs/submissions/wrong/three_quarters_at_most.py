"""Holds back three quarters of the images at most.

fails: holds_images_back
says: images were held back
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    fraction = min(fraction, 0.75)
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
