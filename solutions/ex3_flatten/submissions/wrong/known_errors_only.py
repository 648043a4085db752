"""Knows three kinds of errors; the rest is called ValueError.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except TypeError:
        return "TypeError"
    except KeyError:
        return "KeyError"
    except Exception:
        return "ValueError"
    return None
