"""Activation objects with settings: a relu that is linear, softmax over the images.

fails: hidden_relu_output_softmax
rest: solution
"""


def build_mlp(hidden: list[int], classes: int=10, input_shape: tuple[int, ...]=(28, 28)) -> keras.Model:
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation=keras.layers.ReLU(negative_slope=1.0)))
    layers.append(keras.layers.Dense(classes, activation=keras.layers.Softmax(axis=0)))
    return keras.Sequential(layers)
