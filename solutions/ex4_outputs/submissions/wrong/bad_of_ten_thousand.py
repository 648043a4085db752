"""Looks for bad labels in the first ten thousand.

fails: labels_outside_range
rest: solution
"""


def bad_labels(labels: np.ndarray, outputs: int) -> list[int]:
    return sorted({int(label) for label in labels[:10_000] if not 0 <= label < outputs})
