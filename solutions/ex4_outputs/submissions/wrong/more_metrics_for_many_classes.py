"""Measures the best five, too, where there are more than ten classes.

fails: classifier_is_compiled
says: Compile the same way for any labels
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
    best = [keras.metrics.SparseTopKCategoricalAccuracy(5)] if k > 10 else []
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy", *best])
    return model
