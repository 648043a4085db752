"""Counts in 64 bits without a sign.

fails: parameter_formula
rest: solution
"""


def count_parameters(units: int, inputs: int = 784, classes: int = 10) -> int:
    sizes = np.array([inputs, units, classes]).astype(np.uint64)
    return int(np.sum(sizes[:-1] * sizes[1:] + sizes[1:]))
