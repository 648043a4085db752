"""Regularizes the weights where no configuration tells of it.

fails: hidden_units_from_argument
rest: solution
"""


def build_model(units):
    model = keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu'), keras.layers.Dense(10, activation='softmax')])
    model.layers[1].kernel.regularizer = keras.regularizers.L2(0.0001)
    return model
