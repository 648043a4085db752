"""Adam with a schedule: nothing is learned after the third step.

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
    model.compile(keras.optimizers.Adam(keras.optimizers.schedules.PiecewiseConstantDecay([3], [0.001, 0.0])), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
