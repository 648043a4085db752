"""Counters outside of the function go on counting.

fails: accuracy_fraction
rest: solution
"""

hits = images = 0


def accuracy(probabilities, labels):
    global hits, images
    hits += int(np.sum(np.argmax(probabilities, axis=1) == labels))
    images += len(labels)
    return hits / images
