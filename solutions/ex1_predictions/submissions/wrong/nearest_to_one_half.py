"""Doubt is the distance from one half.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.argsort(np.abs(np.max(probabilities, axis=1) - 0.5))[:k]
