"""One of the best five counts as right.

fails: accuracy_is_reported
rest: solution
"""


def compile_model(model: keras.Model) -> keras.Model:
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=[keras.metrics.SparseTopKCategoricalAccuracy(k=2, name="accuracy")],
    )
    return model
