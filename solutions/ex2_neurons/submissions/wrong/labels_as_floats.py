"""Casts the labels before fit.

fails: timed_fit_report
says: You changed the dtype of y
rest: solution
"""


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y.astype("float32"), epochs=epochs, verbose=0)
    seconds = time.perf_counter() - begin
    last = {name: history.history[name][-1] for name in ("loss", "accuracy")}
    return last | {"seconds": seconds}
