"""More than 255 right images do not fit into the counter.

fails: real_predictions
rest: solution
"""


def accuracy(probabilities, labels):
    hits = np.argmax(probabilities, axis=1) == labels
    return float(hits.sum(dtype=np.uint8) / len(labels))
