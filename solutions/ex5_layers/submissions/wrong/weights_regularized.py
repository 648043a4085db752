"""Regularizes the weights where no configuration tells of it.

fails: any_list_of_layers
"""

import keras
import numpy as np





def build_mlp(hidden, classes=10, input_shape=(28, 28)):
    layers = [keras.layers.Input(input_shape), keras.layers.Flatten()]
    for units in hidden:
        layers.append(keras.layers.Dense(units, activation='relu'))
    layers.append(keras.layers.Dense(classes, activation='softmax'))
    model = keras.Sequential(layers)
    model.layers[-1].kernel.regularizer = keras.regularizers.L2(0.001)
    return model


def count_parameters(sizes):
    total = 0
    for layer in range(1, len(sizes)):
        inputs, units = (sizes[layer - 1], sizes[layer])
        total += inputs * units + units
    return total


def repeat_scores(train_fn, seeds):
    return np.array([train_fn(seed) for seed in seeds])


def verdict(a, b):
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return 'a' if difference > 0 else 'b'
    return 'no clear difference'
