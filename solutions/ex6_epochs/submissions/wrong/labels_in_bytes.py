"""Cuts labels to a byte.

fails: holds_images_back
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    history = model.fit(x, y.astype(np.uint8), epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
