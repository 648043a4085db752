"""Adds an int64 to the largest label, which makes a float of uint64.

fails: outputs_from_largest_label
says: this one is a float
rest: solution
"""


def required_outputs(labels):
    return np.max(labels) + np.int64(1)
