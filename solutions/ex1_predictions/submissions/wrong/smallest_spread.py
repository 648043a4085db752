"""Doubt is a small spread of the row.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.argsort(np.std(probabilities, axis=1))[:k]
