"""Sets a seed in each call, so that all models start with the same weights.

fails: classifier_has_one_output_per_class
says: start with the same weights
rest: solution
"""


def build_classifier(labels, units, input_shape):
    keras.utils.set_random_seed(42)
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
