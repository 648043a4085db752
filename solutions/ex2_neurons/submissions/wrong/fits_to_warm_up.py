"""compile_model trains a little.

fails: compiles_any_number_of_models
rest: solution
"""


def compile_model(model: keras.Model) -> keras.Model:
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.set_weights([w * 1.01 for w in model.get_weights()])
    return model
