"""One class gets two outputs.

fails: classifier_has_one_output_per_class
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(max(2, len(np.unique(labels))), activation="softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
