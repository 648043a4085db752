"""The last k of the order instead of the first.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[-k:]
