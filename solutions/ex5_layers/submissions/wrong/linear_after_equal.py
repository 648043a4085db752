"""A hidden layer as large as the one before has no relu.

fails: hidden_relu_output_softmax
says: Hidden layer 2 has no relu
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    before = None
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation=None if units == before else "relu"))
        before = units
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
