"""Returns a summary.

fails: ready_and_new_each_time
rest: solution
"""


def build_mlp(
    hidden: list[int], classes: int = 10, input_shape: tuple[int, ...] = (28, 28)
) -> keras.Model:
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation="relu"))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return str(layers)
