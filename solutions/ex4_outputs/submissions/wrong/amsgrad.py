"""Adam with another rule for long trainings.

fails: classifier_is_compiled
says: Adam's amsgrad is not the usual one
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile(keras.optimizers.Adam(amsgrad=True), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model
