"""Takes the settings of Adam out of a dictionary, so that the second model gets others.

fails: compiles_any_number_of_models
rest: solution
"""

_options = {"optimizer": "adam"}


def compile_model(model):
    optimizer = _options.pop("optimizer", None) or keras.optimizers.Adam(learning_rate=0.01)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
