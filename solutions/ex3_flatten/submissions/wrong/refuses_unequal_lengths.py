"""Raises by itself where fit would raise, and calls no fit.

rest: solution
fails: fit_error_reports_what_happened
"""


def fit_error(model, x, y):
    if len(x) != len(y):
        raise ValueError("x and y must have the same length")
    try:
        model.fit(x, y, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
