"""Without hidden layers the inputs go through Dropout.

fails: nothing_else_acts
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    if not hidden:
        layers.append(keras.layers.Dropout(0.2))
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation="relu"))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
