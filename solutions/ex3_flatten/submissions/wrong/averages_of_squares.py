"""Averages the squares of the probabilities.

fails: rows_vote_together
says: You averaged the squares
rest: solution
"""


def row_votes(probabilities):
    return (probabilities**2).mean(axis=1).argmax(axis=1)
