"""Keeps labels in a byte.

rest: solution
fails: rows_vote_together
"""

import numpy as np


def row_votes(probabilities):
    return np.argmax(probabilities.mean(axis=1), axis=1).astype(np.uint8)
