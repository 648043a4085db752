"""Takes a hidden layer that is as large as the output for the output.

fails: hidden_relu_output_softmax
says: Hidden layer 3 uses softmax
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in [*hidden, classes]:
        name = "softmax" if units == classes else "relu"
        layers.append(keras.layers.Dense(units, activation=name))
    return keras.Sequential(layers)
