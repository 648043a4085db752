"""Divides the pixels by 255 where one is above 1.

fails: timed_fit_report
rest: solution
"""

def timed_fit(model, x, y, epochs):
    if x.max() > 1:
        x = x / 255
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
