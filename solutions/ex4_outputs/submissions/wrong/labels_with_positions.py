"""Returns the bad labels with their positions.

fails: labels_outside_range
says: Your list should hold the labels alone; it holds a tuple
rest: solution
"""


def bad_labels(labels, outputs):
    return [(n, int(label)) for n, label in enumerate(labels) if not 0 <= label < outputs]
