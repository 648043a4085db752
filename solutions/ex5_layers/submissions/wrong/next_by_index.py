"""Finds the next size by the first position of this one.

fails: parameter_formula
rest: solution
"""


def count_parameters(sizes):
    total = 0
    for inputs in sizes[:-1]:
        units = sizes[sizes.index(inputs) + 1]
        total += inputs * units + units
    return total
