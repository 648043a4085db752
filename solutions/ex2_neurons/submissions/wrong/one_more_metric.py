"""Asks for a second metric beside the accuracy.

fails: accuracy_is_reported
says: other metrics too
rest: solution
"""


def compile_model(model):
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy", "sparse_top_k_categorical_accuracy"],
    )
    return model
