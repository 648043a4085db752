"""Never returns more than 500 positions.

fails: most_doubtful
rest: solution
"""

def most_doubtful(probabilities, k):
    return np.argsort(np.max(probabilities, axis=1))[: min(k, 500)]
