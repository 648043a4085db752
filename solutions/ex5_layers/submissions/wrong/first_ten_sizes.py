"""Counts ten sizes at most.

fails: parameter_formula
rest: solution
"""


def count_parameters(sizes):
    few = sizes[:10]
    return sum(i * o + o for i, o in zip(few, few[1:]))
