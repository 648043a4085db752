"""Gives the codes the dtype of the labels: int8 does not hold 200 codes.

fails: encode_odd_labels
says: int8 holds no number above 127
rest: solution
"""


def encode_labels(labels):
    classes, encoded = np.unique(labels, return_inverse=True)
    return encoded.astype(labels.dtype), classes
