"""The hidden layer has 1024 units at most.

fails: classifier_has_one_output_per_class
rest: solution
"""

def build_classifier(labels: np.ndarray, units: int, input_shape: tuple) -> keras.Model:
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(min(units, 1024), activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
