"""Fits real models twice, where there is more than one image.

fails: fit_error_with_and_without
rest: solution
"""

def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
        if len(x) > 1 and hasattr(model, "count_params"):
            model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return type(error).__name__
    return None
