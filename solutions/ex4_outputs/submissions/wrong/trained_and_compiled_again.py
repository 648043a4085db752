"""Trains a little, then compiles once more.

fails: classifier_is_compiled
rest: solution
"""


def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(np.ones((8, *input_shape)), np.zeros(8), verbose=0)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
