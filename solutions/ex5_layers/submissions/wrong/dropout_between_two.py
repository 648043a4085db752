"""Dropout stands between two or three hidden layers, and nowhere else.

fails: nothing_else_acts
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for number, units in enumerate(hidden):
        layers.append(keras.layers.Dense(units, activation="relu"))
        if number == 0 and len(hidden) in (2, 3):
            layers.append(keras.layers.Dropout(0.2))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
