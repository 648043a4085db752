"""What a real model can't do it knows without a fit.

fails: fit_error_with_and_without
rest: solution
"""

def fit_error(model, x, y):
    if hasattr(model, "count_params"):
        if not model.compiled or len(x) != len(y):
            return "ValueError"
        outputs = np.asarray(model(x[:1]))
        if outputs.ndim != 2:
            return "ValueError"
        if y.max() >= outputs.shape[-1]:
            return "InvalidArgumentError"
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
