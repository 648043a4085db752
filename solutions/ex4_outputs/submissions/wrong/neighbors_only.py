"""Removes double ones that follow each other, without sorting.

fails: labels_outside_range
rest: solution
"""


def bad_labels(labels, outputs):
    found = []
    for v in labels.tolist():
        if (v < 0 or v >= outputs) and found[-1:] != [v]:
            found.append(v)
    return sorted(found)
