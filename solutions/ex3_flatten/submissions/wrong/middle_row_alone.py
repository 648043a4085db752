"""Lets the middle row of each image decide.

rest: solution
fails: rows_vote_together
says: Only the middle row of each image
"""

import numpy as np


def row_votes(probabilities):
    return probabilities[:, probabilities.shape[1] // 2].argmax(axis=1)
