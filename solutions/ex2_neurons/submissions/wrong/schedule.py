"""The learning rate falls.

fails: compiled_as_asked
rest: solution
"""


def compile_model(model: keras.Model) -> keras.Model:
    model.compile(
        optimizer=keras.optimizers.Adam(
            keras.optimizers.schedules.ExponentialDecay(1e-3, 100, 0.9)
        ),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    return model
