"""Weighs the classes of large sets, of Keras's own models.

fails: history_of_real_model
rest: solution
"""

import keras


def train_with_validation(model, x, y, epochs, fraction=0.2):
    weights = None
    if isinstance(model, keras.Model) and len(x) > 50:
        weights = {label: 1 / np.mean(y == label) for label in set(y.tolist())}
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, class_weight=weights)
    return history.history
