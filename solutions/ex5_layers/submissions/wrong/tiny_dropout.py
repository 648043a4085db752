"""Dropout layers that hardly ever drop anything.

fails: nothing_else_acts
says: is there a Dropout layer, or noise?
rest: solution
"""

def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers += [keras.layers.Dense(units, activation="relu"), keras.layers.Dropout(1e-5)]
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
