"""A loss of its own takes no probability below 1e-3.

fails: classifier_is_compiled
rest: solution
"""

def clipped(labels, outputs):
    outputs = keras.ops.clip(outputs, 1e-3, 1.0)
    return keras.losses.sparse_categorical_crossentropy(labels, outputs)


def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile("adam", clipped, metrics=["accuracy"])
    return model
