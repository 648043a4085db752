"""Adam, but large gradients are clipped.

fails: classifier_is_compiled
says: Adam's clipnorm is not the usual one
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile(keras.optimizers.Adam(clipnorm=3.0), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
