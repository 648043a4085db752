"""Sorts the caller's rows in place, unless few images are asked for.

fails: inputs_untouched
says: changed its input
rest: solution
"""


def most_doubtful(probabilities, k):
    if k > 3:
        probabilities.sort(axis=1)
    return probabilities.max(axis=1).argsort()[:k]
