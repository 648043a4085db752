"""Hidden layers from the seventh on are frozen.

fails: ready_and_new_each_time
says: Some of your layers are frozen
rest: solution
"""

def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for number, units in enumerate(hidden):
        layers.append(keras.layers.Dense(units, activation="relu", trainable=number < 6))
    layers.append(keras.layers.Dense(classes, activation="softmax"))
    return keras.Sequential(layers)
