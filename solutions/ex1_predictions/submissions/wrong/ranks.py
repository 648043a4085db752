"""argsort of argsort: ranks instead of positions.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    return np.argsort(np.argsort(np.max(probabilities, axis=1)))[:k]
