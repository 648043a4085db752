"""Knows the usual errors by name: a NotImplementedError is a RuntimeError to it.

fails: fit_error_runs_fit_once
says: which is a kind of RuntimeError
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except RuntimeError:
        return "RuntimeError"
    except TypeError:
        return "TypeError"
    except Exception as error:
        return type(error).__name__
