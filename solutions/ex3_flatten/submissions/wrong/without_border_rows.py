"""Leaves out the first row and the last one, as they are mostly black.

rest: solution
fails: rows_vote_together
says: You left out the first and the last row
"""


def row_votes(probabilities):
    rows = slice(1, -1) if probabilities.shape[1] > 2 else slice(None)
    return probabilities[:, rows].mean(axis=1).argmax(axis=1)
