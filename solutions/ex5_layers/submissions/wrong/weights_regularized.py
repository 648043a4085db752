"""Regularizes the weights where no configuration tells of it.

fails: any_list_of_layers
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation='relu'))
    layers.append(keras.layers.Dense(classes, activation='softmax'))
    model = keras.Sequential(layers)
    model.layers[-1].kernel.regularizer = keras.regularizers.L2(0.001)
    return model
