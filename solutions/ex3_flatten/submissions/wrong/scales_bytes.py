"""Divides bytes by 255 before the fit.

fails: fit_error_runs_fit_once
rest: solution
"""

def fit_error(model, x, y):
    if x.max() > 1:
        x = x / 255
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
