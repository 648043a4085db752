"""The number of parameters is a float.

fails: parameter_formula
rest: solution
"""


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    return float(inputs * units + units + units * classes + classes)
