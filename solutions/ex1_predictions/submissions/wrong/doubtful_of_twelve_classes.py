"""Looks for the largest probability in the first twelve columns.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return probabilities[:, :12].max(axis=1).argsort()[:k]
