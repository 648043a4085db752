"""Holds back a tenth of the images at least.

fails: holds_images_back
says: images were held back
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    fraction = max(fraction, 0.1)
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
