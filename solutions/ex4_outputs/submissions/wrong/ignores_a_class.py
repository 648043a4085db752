"""The loss leaves out all images of class 9.

fails: classifier_is_compiled
rest: solution
"""

def build_classifier(labels, units, input_shape):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten(), keras.layers.Dense(units, activation="relu"), keras.layers.Dense(len(np.unique(labels)), activation="softmax")])
    model.compile("adam", keras.losses.SparseCategoricalCrossentropy(ignore_class=9), metrics=["accuracy"])
    return model
