"""Takes the first class whose average is close to the largest.

fails: rows_vote_together
says: without rounding or np.isclose
rest: solution
"""


def row_votes(probabilities):
    averages = probabilities.mean(axis=1)
    return np.argmax(np.isclose(averages, averages.max(axis=1, keepdims=True)), axis=1)
