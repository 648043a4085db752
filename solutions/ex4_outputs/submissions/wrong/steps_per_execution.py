"""Looks at 64 batches at once.

fails: classifier_is_compiled
says: You gave compile steps_per_execution as well
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], steps_per_execution=64)
    return model
