"""Hidden layers of a thousand units have no relu.

fails: hidden_relu_output_softmax
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation="relu" if units < 1000 else None))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
