"""Codes are kept in int8, the large ones as 127.

fails: encode_odd_labels
rest: solution
"""


def encode_labels(labels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    classes, encoded = np.unique(labels, return_inverse=True)
    encoded = np.minimum(encoded, 127).astype(np.int8)
    return encoded, classes
