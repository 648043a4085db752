"""Predictions and labels are sorted before they are compared.

fails: accuracy_fraction
rest: solution
"""


def accuracy(probabilities, labels):
    return float(np.mean(np.sort(np.argmax(probabilities, axis=1)) == np.sort(labels)))
