"""Builds a model to count.

fails: parameter_formula
rest: solution
"""


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    layers = [keras.layers.Input((inputs,)), keras.layers.Dense(units), keras.layers.Dense(classes)]
    return keras.Sequential(layers).count_params()
