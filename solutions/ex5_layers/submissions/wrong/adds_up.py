"""The total is kept between calls.

fails: parameter_formula
rest: solution
"""

TOTAL = [0]


def count_parameters(sizes: list[int]) -> int:
    total = TOTAL[0]
    for layer in range(1, len(sizes)):
        inputs, units = sizes[layer - 1], sizes[layer]
        total += inputs * units + units
    TOTAL[0] = total
    return total
