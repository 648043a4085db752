"""The order of the first table is kept for all others.

fails: most_doubtful
rest: solution
"""

_order = None


def most_doubtful(probabilities, k):
    global _order
    if _order is None:
        _order = np.argsort(np.max(probabilities, axis=1))
    return _order[:k]
