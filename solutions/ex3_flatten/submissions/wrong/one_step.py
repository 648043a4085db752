"""Trains one step instead of one epoch.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, steps_per_epoch=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
