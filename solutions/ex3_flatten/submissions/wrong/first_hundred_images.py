"""Tries fit with a hundred images only: it is sooner.

fails: fit_error_runs_fit_once
rest: solution
"""

def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x[:100], y[:100], epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
