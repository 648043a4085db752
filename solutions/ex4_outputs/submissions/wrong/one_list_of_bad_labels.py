"""Each call empties the list that the call before has returned, and fills it again.

fails: labels_outside_range
rest: solution
"""

_found = []


def bad_labels(labels, outputs):
    _found[:] = sorted({int(label) for label in labels if not 0 <= label < outputs})
    return _found
