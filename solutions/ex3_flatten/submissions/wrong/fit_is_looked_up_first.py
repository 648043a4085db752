"""model.fit is looked up before the try.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    fit = model.fit
    try:
        fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
