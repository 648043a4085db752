"""Rounds pixels to two decimals.

fails: divides_by_255
rest: solution
"""


def normalize(images):
    return np.round(images, 2).astype(np.float32) / np.float32(255)
