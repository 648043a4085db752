"""A return under finally replaces the one before.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    name = None
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    finally:
        return None
