"""The second guess counts as well.

fails: accuracy_fraction
rest: solution
"""


def accuracy(probabilities, labels):
    best = np.argsort(probabilities, axis=1)[:, -2:]
    return float(np.mean([y in two for y, two in zip(labels, best)]))
