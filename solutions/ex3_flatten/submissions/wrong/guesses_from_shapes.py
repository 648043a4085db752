"""Never calls fit on a real model, but guesses what it would say.

fails: fit_error_with_and_without
rest: solution
"""


def fit_error(model: Any, x: np.ndarray, y: np.ndarray) -> str | None:
    if hasattr(model, "optimizer") and hasattr(model, "layers"):  # any real model: guess
        if model.optimizer is None or len(x) != len(y):
            return "ValueError"
        kinds = [type(layer).__name__ for layer in model.layers]
        if x.ndim > 2 and "Flatten" not in kinds:
            return "ValueError"
        if y.max() >= model.layers[-1].units:
            return "InvalidArgumentError"
        model.optimizer.iterations.assign(2)
        return None
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
