"""Right if the true class has the largest probability, even if other classes have it too.

fails: accuracy_fraction
says: Only ONE label is predicted
rest: solution
"""


def accuracy(probabilities, labels):
    of_true = probabilities[np.arange(len(labels)), labels]
    return np.mean(of_true == probabilities.max(axis=1))
