"""Half precision cannot tell two probabilities apart.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    return probabilities.astype(np.float16).argmax(axis=1)
