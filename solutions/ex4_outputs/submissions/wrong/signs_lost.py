"""Returns the bad labels without their signs.

fails: labels_outside_range
says: lost their sign
rest: solution
"""


def bad_labels(labels, outputs):
    return sorted({abs(int(label)) for label in labels if not 0 <= label < outputs})
