"""Divides bytes by 255.

fails: holds_images_back
says: images that are not those of x
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    if x.dtype == np.uint8:
        x = x / 255.0
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
