"""Sample weights, given by position.

fails: timed_fit_report
rest: solution
"""


def timed_fit(model: keras.Model, x: np.ndarray, y: np.ndarray, epochs: int) -> dict[str, float]:
    begin = time.perf_counter()
    history = model.fit(x, y, 32, epochs, 0, None, 0.0, None, True, None, np.full(len(x), 0.5))
    seconds = time.perf_counter() - begin
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
