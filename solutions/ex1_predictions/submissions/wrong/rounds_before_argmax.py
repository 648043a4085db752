"""Probabilities are rounded before they are compared.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    return np.round(probabilities, 2).argmax(axis=1)
