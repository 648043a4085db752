"""Looks at the first ten thousand labels.

fails: outputs_from_largest_label
rest: solution
"""


def required_outputs(labels: np.ndarray) -> int:
    return int(np.max(labels[:10_000])) + 1
