"""Leaves out a hidden layer of one unit.

fails: any_list_of_layers
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        if units > 1:
            layers.append(keras.layers.Dense(units, activation="relu"))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
