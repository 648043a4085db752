"""A table that negative labels do not fit.

fails: encode_odd_labels
rest: solution
"""


def encode_labels(labels):
    classes = np.unique(labels)
    table = np.zeros(int(labels.max()) + 1, dtype=int)
    table[classes] = np.arange(len(classes))
    return table[labels], classes
