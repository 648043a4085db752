"""Counts no bias for a layer of one unit.

fails: parameter_formula
rest: solution
"""


def count_parameters(sizes):
    return sum(i * o + (o if o > 1 else 0) for i, o in zip(sizes, sizes[1:]))
