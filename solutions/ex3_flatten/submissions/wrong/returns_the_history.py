"""Returns what fit returned.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    try:
        return model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
