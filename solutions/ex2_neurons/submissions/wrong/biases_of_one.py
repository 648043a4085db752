"""Lets the biases start at 1.

fails: a_new_model_each_time
rest: solution
"""


def build_model(units):
    return keras.Sequential([keras.layers.Input((28, 28)), keras.layers.Flatten(), keras.layers.Dense(units, activation='relu', bias_initializer='ones'), keras.layers.Dense(10, activation='softmax')])
