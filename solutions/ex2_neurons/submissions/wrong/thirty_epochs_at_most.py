"""Trains for 30 epochs at most.

fails: timed_fit_report
rest: solution
"""

def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=min(epochs, 30), verbose=0)
    seconds = time.perf_counter() - begin
    return {
        "loss": history.history["loss"][-1],
        "accuracy": history.history["accuracy"][-1],
        "seconds": seconds,
    }
