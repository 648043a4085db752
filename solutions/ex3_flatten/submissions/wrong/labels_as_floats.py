"""Gives fit the images and labels as float32.

fails: fit_error_runs_fit_once
says: in another dtype
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x.astype("float32"), y.astype("float32"), epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
