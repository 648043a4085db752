"""Codes of labels after the first 20,000 are 0.

fails: encode_round_trip
rest: solution
"""

def encode_labels(labels):
    classes, encoded = np.unique(labels, return_inverse=True)
    encoded[20_000:] = 0
    return encoded, classes
