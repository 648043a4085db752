"""The images always come in the same order.

fails: holds_images_back
rest: solution
"""


def train_with_validation(model: Any, x: np.ndarray, y: np.ndarray, epochs: int, fraction: float=0.2) -> dict[str, list[float]]:
    history = model.fit(x, y, epochs=epochs, validation_split=fraction, verbose=0, shuffle=False)
    return history.history
