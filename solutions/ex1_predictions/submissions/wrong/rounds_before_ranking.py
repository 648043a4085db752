"""Ranks the largest probabilities once they are rounded.

fails: most_doubtful
says: nearly equally doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.round(probabilities.max(axis=1), 6).argsort(kind="stable")[:k]
