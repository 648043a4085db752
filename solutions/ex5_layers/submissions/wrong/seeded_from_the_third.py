"""Every model begins with the same weights from its third layer on.

fails: ready_and_new_each_time
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for number, units in enumerate(hidden):
        same = keras.initializers.GlorotUniform(seed=number if number >= 2 else None)
        layers.append(keras.layers.Dense(units, "relu", kernel_initializer=same))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
