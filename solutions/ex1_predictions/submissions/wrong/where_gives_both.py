"""np.where gives two labels where two classes are equally probable.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    return np.where(probabilities == probabilities.max(axis=1, keepdims=True))[1]
