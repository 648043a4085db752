"""Averages over the classes instead of the images.

fails: accuracy_fraction
rest: solution
"""


def accuracy(probabilities, labels):
    right = np.argmax(probabilities, axis=1) == labels
    return float(np.mean([right[labels == c].mean() for c in np.unique(labels)]))
