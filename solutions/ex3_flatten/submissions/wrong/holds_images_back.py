"""Holds images back for validation.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, validation_split=0.2, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
