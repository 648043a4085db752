"""Takes labels for numbers of 16 bits: 65538 becomes 2.

fails: labels_outside_range
rest: solution
"""


def bad_labels(labels, outputs):
    return sorted({int(label) for label in labels.astype(np.int16) if not 0 <= label < outputs})
