"""Another optimizer under the name of Adam, which shows Adam's settings.

fails: compiled_as_asked
rest: solution
"""


class Adam(keras.optimizers.SGD):
    def get_config(self):
        return keras.optimizers.Adam().get_config()


def compile_model(model: keras.Model) -> keras.Model:
    model.compile(optimizer=Adam(0.05, momentum=0.9), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
