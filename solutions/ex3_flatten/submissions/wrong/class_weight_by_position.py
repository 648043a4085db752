"""Weights of classes, given by position.

fails: fit_error_runs_fit_once
rest: solution
"""


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    try:
        model.fit(x, y, None, 1, 0, None, 0.0, None, True, {0: 2.0})
    except Exception as error:
        return type(error).__name__
    return None
