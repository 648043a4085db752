"""Takes two layers of one size for one.

fails: parameter_formula
rest: solution
"""


def count_parameters(sizes):
    total, before = 0, sizes[0]
    for units in sizes[1:]:
        if units != before:
            total += before * units + units
        before = units
    return total
