"""Images with colors are learned with sgd.

fails: classifier_is_compiled
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential(
        [
            keras.layers.Input(input_shape),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(len(np.unique(labels)), activation="softmax"),
        ]
    )
    optimizer = "sgd" if len(input_shape) == 3 else "adam"
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
