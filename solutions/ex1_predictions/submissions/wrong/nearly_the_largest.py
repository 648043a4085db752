"""Takes the first class whose probability is nearly the largest.

fails: labels_argmax
says: nearly equal
rest: solution
"""


def predicted_labels(probabilities):
    best = probabilities.max(axis=1, keepdims=True)
    return np.isclose(probabilities, best).argmax(axis=1)
