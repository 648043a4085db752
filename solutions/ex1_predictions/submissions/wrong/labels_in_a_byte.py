"""Keeps labels in a byte: there is no class number 256.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    return np.argmax(probabilities, axis=1).astype(np.uint8)
