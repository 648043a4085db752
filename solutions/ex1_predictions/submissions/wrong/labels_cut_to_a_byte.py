"""The true labels are cut to a byte: with 300 classes some are others.

fails: accuracy_fraction
rest: solution
"""

def accuracy(probabilities, labels):
    wrong = np.count_nonzero(np.argmax(probabilities, axis=1) - labels.astype(np.uint8).astype(np.int64))
    return 1 - wrong / len(labels)
