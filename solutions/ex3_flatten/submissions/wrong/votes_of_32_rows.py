"""Only the first 32 rows vote.

fails: rows_vote_together
rest: solution
"""

def row_votes(probabilities):
    return np.argmax(probabilities[:, :32].mean(axis=1), axis=1)
