"""Keeps positions in 16 bits: there is no image number 32,768.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[:k].astype(np.int16)
