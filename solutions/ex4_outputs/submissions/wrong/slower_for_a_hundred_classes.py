"""Learns ten times as slowly, where there are a hundred classes and more.

fails: classifier_is_compiled
says: learning_rate
rest: solution
"""


def build_classifier(labels, units, input_shape):
    k = len(np.unique(labels))
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(k, activation="softmax"),
        ]
    )
    adam = keras.optimizers.Adam(0.001 if k < 100 else 0.0001)
    model.compile(adam, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
