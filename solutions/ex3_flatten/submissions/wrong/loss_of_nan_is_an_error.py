"""Names an error where fit raised none, but the loss is nan.

fails: fit_error_runs_fit_once
says: a loss of nan is no error
rest: solution
"""


def fit_error(model, x, y):
    try:
        history = model.fit(x, y, epochs=1, verbose=0)
        if not np.isfinite(history.history["loss"][-1]):
            return "FloatingPointError"
    except Exception as error:
        return type(error).__name__
