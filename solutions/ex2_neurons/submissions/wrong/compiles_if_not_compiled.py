"""Leaves a model as it is that was compiled otherwise.

fails: compiles_any_number_of_models
says: Compile each model that you get
rest: solution
"""


def compile_model(model):
    if not model.compiled:
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
