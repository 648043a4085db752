"""The clock is read before fit, twice.

fails: seconds_of_fit
rest: solution
"""


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    begin = time.perf_counter()
    seconds = time.perf_counter() - begin
    history = model.fit(x, y, epochs=epochs, verbose=0)
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
