"""More than 32,767 right images do not fit into the counter.

fails: accuracy_fraction
rest: solution
"""


def accuracy(probabilities, labels):
    hits = np.argmax(probabilities, axis=1) == labels
    return float(hits.sum(dtype=np.int16) / len(labels))
