"""The last hidden layer has no activation.

fails: hidden_relu_output_softmax
rest: solution
"""


def build_mlp(
    hidden: list[int], classes: int = 10, input_shape: tuple[int, ...] = (28, 28)
) -> keras.Model:
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden[:-1]:
        layers.append(keras.layers.Dense(units, activation="relu"))
    if hidden:
        layers.append(keras.layers.Dense(hidden[-1]))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
