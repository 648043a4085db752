"""The first layer gets relu, also where it is the last one, the output.

fails: hidden_relu_output_softmax
says: The output layer computes relu
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    sizes = [*hidden, classes]
    for number, units in enumerate(sizes):
        last = number == len(sizes) - 1
        name = "softmax" if last and number else "relu"
        layers.append(keras.layers.Dense(units, activation=name))
    return keras.Sequential(layers)
