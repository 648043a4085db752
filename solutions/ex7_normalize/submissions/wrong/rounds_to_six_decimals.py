"""Rounds to six decimals: 1 becomes 0.003922.

fails: divides_by_255
says: You rounded to 6 decimals
rest: solution
"""


def normalize(images):
    return np.round(images.astype(np.float32) / 255, 6)
