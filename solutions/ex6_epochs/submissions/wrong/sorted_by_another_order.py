"""Sorts the images by label, in an order of its own.

fails: holds_images_back
rest: solution
"""


def train_with_validation(model, x, y, epochs, fraction=0.2):
    order = np.argsort(y.astype(int) * 5 % 7, kind='stable')
    history = model.fit(x[order], y[order], epochs=epochs, validation_split=fraction, verbose=0)
    return history.history
