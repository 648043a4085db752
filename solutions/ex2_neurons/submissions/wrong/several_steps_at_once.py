"""Compiles for 50 batches at once: callbacks see only some of them.

fails: compiled_as_asked
rest: solution
"""

def compile_model(model: keras.Model) -> keras.Model:
    model.compile(
        optimizer="adam",
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=50,
    )
    return model
