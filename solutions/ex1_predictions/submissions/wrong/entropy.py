"""Ranks by entropy.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities, k):
    entropy = -np.sum(probabilities * np.log(probabilities), axis=1)
    return np.argsort(-entropy)[:k]
