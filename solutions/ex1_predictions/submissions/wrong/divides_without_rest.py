"""Divides with //, which drops all decimals.

fails: accuracy_fraction
says: Divide with /.
rest: solution
"""


def accuracy(probabilities, labels):
    return (probabilities.argmax(axis=1) == labels).sum() // len(labels)
