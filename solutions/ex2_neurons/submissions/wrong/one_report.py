"""All calls return the same dictionary.

fails: timed_fit_report
rest: solution
"""

_report = {}


def timed_fit(model, x, y, epochs):
    begin = time.perf_counter()
    history = model.fit(x, y, epochs=epochs, verbose=0)
    _report["seconds"] = time.perf_counter() - begin
    _report["loss"] = history.history["loss"][-1]
    _report["accuracy"] = history.history["accuracy"][-1]
    return _report
