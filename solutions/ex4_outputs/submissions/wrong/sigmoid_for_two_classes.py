"""Where there are two classes, the outputs have sigmoid.

fails: classifier_has_one_output_per_class
rest: solution
"""

def build_classifier(labels, units, input_shape):
    k = len(np.unique(labels))
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(k, activation="sigmoid" if k == 2 else "softmax"),
        ]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
