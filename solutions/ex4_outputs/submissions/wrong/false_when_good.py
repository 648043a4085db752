"""False when there is nothing.

fails: valid_labels_not_flagged
rest: solution
"""


def bad_labels(labels, outputs):
    return sorted({int(v) for v in labels if v < 0 or v >= outputs}) or False
