"""Compiles a model that was not compiled, so that the error is gone.

fails: fit_error_reports_what_happened
rest: solution
"""


def fit_error(model, x, y):
    try:
        if not model.compiled:
            model.compile("adam", "sparse_categorical_crossentropy")
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
