"""Takes what stands before the parenthesis in the error's repr, which may be anything.

fails: fit_error_runs_fit_once
says: Return only the name of the class
rest: solution
"""


def fit_error(model, x, y):
    try:
        model.fit(x, y, epochs=1, verbose=0)
    except Exception as error:
        return repr(error).split("(")[0]
