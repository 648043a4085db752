"""Multiplies the probabilities of the rows, as if they were independent.

rest: solution
fails: rows_vote_together
"""

import numpy as np


def row_votes(probabilities):
    return np.argmax(np.log(probabilities).sum(axis=1), axis=1)
