"""Pairs every layer with itself.

fails: parameter_formula
rest: solution
"""


def count_parameters(sizes: list[int]) -> int:
    total = 0
    for layer in range(1, len(sizes)):
        inputs, units = sizes[layer], sizes[layer]
        total += inputs * units + units
    return total
