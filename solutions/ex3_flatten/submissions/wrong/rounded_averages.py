"""Rounds the averages before it compares them.

rest: solution
fails: rows_vote_together
"""


def row_votes(probabilities):
    return probabilities.mean(axis=1).round(4).argmax(axis=1)
