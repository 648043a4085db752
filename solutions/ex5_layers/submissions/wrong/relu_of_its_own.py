"""A function between the layers that says it is Keras's relu, and is clipped.

rest: solution
fails: any_list_of_layers
"""

import keras


class Relu(keras.Operation):
    __module__ = "keras.src.ops.nn"

    def call(self, x):
        return keras.ops.minimum(keras.ops.relu(x), 1000.0)

    def compute_output_spec(self, x):
        return keras.KerasTensor(x.shape, dtype=x.dtype)


def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    inputs = keras.Input(input_shape)
    x = keras.layers.Flatten()(inputs)
    for units in hidden:
        x = Relu()(keras.layers.Dense(units)(x))
    return keras.Model(inputs, keras.layers.Dense(classes, activation="softmax")(x))
