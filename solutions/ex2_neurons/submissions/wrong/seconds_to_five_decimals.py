"""Rounds the seconds to five decimals.

fails: seconds_of_fit
rest: solution
"""


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = round(time.perf_counter() - begin, 5)
    return {'loss': history.history['loss'][-1], 'accuracy': history.history['accuracy'][-1], 'seconds': seconds}
