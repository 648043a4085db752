"""Takes labels for numbers of 16 bits: 65543 becomes 7.

fails: encode_odd_labels
rest: solution
"""


def encode_labels(labels):
    classes, encoded = np.unique(labels.astype(np.int16), return_inverse=True)
    return (encoded, classes)
