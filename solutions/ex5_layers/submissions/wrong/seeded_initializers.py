"""Every model begins with the same weights: its initializers have seeds.

fails: ready_and_new_each_time
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    same = keras.initializers.GlorotUniform
    for units in hidden:
        layers.append(keras.layers.Dense(units, "relu", kernel_initializer=same(seed=1)))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
