"""Counts from the smallest.

fails: outputs_from_largest_label
rest: solution
"""


def required_outputs(labels):
    return len(range(int(labels.min()), int(labels.max()) + 1))
