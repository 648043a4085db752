"""There are no more than 1,000 classes.

fails: encode_odd_labels
rest: solution
"""

def encode_labels(labels):
    classes, encoded = np.unique(labels, return_inverse=True)
    return np.minimum(encoded, 999), classes[:1000]
