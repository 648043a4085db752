"""Rounds the averages to five decimals.

fails: rows_vote_together
rest: solution
"""

def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1).round(5), axis=1)
