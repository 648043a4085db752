"""Follows the row that is surest.

rest: solution
fails: rows_vote_together
says: You followed the row that is surest
"""

import numpy as np


def row_votes(probabilities):
    return np.argmax(probabilities.max(axis=1), axis=1)
