"""Multiplies the probabilities of the rows, as if they were independent.

rest: solution
fails: rows_vote_together
says: You multiplied the rows' probabilities
"""

import numpy as np


def row_votes(probabilities):
    return np.argmax(np.log(probabilities).sum(axis=1), axis=1)
