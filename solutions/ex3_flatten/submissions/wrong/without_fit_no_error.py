"""What has no fit is said to have worked.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model, x, y):
    if not hasattr(model, "fit"):
        return None
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
