"""Compiles with XLA: labels that are too large raise no error.

fails: classifier_is_compiled
says: You gave compile jit_compile as well
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], jit_compile=True)
    return model
