"""Only the first model is compiled with adam's usual rate.

fails: classifier_is_compiled
rest: solution
"""

_rates = [0.001]


def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    optimizer = keras.optimizers.Adam(_rates.pop() if _rates else 0.01)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
