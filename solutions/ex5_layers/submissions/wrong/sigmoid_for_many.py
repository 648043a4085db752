"""With more than ten classes the output computes sigmoid.

fails: hidden_relu_output_softmax
says: The output layer computes sigmoid
rest: solution
"""


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation="relu"))
    layers.append(keras.layers.Dense(classes, activation="sigmoid" if classes > 10 else "softmax"))
    return keras.Sequential(layers)
