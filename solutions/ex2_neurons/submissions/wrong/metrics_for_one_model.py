"""Takes the metrics out of a list, so that the second model has none.

fails: accuracy_is_reported
rest: solution
"""

_metrics = [["accuracy"]]


def compile_model(model):
    metrics = _metrics.pop() if _metrics else []
    model.compile("adam", "sparse_categorical_crossentropy", metrics=metrics)
    return model
