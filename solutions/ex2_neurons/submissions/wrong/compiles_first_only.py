"""Compiles only the first model.

fails: compiles_any_number_of_models
rest: solution
"""

DONE = []


def compile_model(model: keras.Model) -> keras.Model:
    if not DONE:
        DONE.append(1)
        model.compile(
            optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
        )
    return model
