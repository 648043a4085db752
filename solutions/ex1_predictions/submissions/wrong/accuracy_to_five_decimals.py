"""Rounds the accuracy to five decimals.

fails: accuracy_fraction
rest: solution
"""


def accuracy(probabilities, labels):
    return round(float(np.mean(np.argmax(probabilities, axis=1) == labels)), 5)
