"""Decimal keeps 28 digits only.

fails: parameter_formula
rest: solution
"""


from decimal import Decimal


def count_parameters(sizes):
    return int(sum(Decimal(i) * o + o for i, o in zip(sizes, sizes[1:])))
