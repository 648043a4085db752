"""Sample weights, given by position.

fails: train_until_counts
rest: solution
"""


def train_until(model: keras.Model, x: np.ndarray, y: np.ndarray, callback: keras.callbacks.Callback, max_epochs: int) -> int:
    history = model.fit(x, y, 32, max_epochs, 0, [callback], 0.0, None, True, None, np.full(len(x), 0.5))
    return len(history.history['loss'])
