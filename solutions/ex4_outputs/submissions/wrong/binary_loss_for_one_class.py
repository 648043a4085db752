"""Takes the loss of yes and no where there is one class only.

fails: classifier_is_compiled
says: For 1 class
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
    loss = "binary_crossentropy" if k == 1 else "sparse_categorical_crossentropy"
    model.compile("adam", loss, metrics=["accuracy"])
    return model
