"""Looks at the first 60,000 images only.

fails: accuracy_fraction
rest: solution
"""

def accuracy(probabilities, labels):
    return float(np.mean(np.argmax(probabilities[:60_000], axis=1) == labels[:60_000]))
