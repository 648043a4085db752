"""A layer is named after its size, and sizes may come twice.

fails: any_list_of_layers
says: two layers get the same name, 'hidden_
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    model = keras.Sequential([keras.layers.Input(input_shape), keras.layers.Flatten()])
    for units in hidden:
        model.add(keras.layers.Dense(units, activation="relu", name=f"hidden_{units}"))
    model.add(keras.layers.Dense(classes, activation="softmax"))
    return model
