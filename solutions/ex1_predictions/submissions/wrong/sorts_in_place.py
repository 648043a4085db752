"""Sorts each row in place to find its largest.

fails: inputs_untouched
rest: solution
"""


def most_doubtful(probabilities, k):
    probabilities.sort(axis=1)
    return np.argsort(probabilities[:, -1])[:k]
