"""A function of its own that is called relu.

fails: any_list_of_layers
rest: solution
"""


def build_mlp(hidden: list[int], classes: int=10, input_shape: tuple[int, ...]=(28, 28)) -> keras.Model:
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation=relu))
    layers.append(keras.layers.Dense(classes, activation='softmax'))
    return keras.Sequential(layers)


def relu(z):
    return -z
