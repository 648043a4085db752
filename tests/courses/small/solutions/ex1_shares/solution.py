"""Shares of a whole

Write two functions; then run:  grade ex1
"""

import numpy as np


def shares(values: np.ndarray) -> np.ndarray:
    """Each value divided by the sum of all: (n,) -> (n,)."""
    ### BEGIN SOLUTION
    # One division handles all values at once.
    return values / np.sum(values)
    ### END SOLUTION


def at_least(values: np.ndarray, limit: float) -> list[int]:
    """Positions, counted from 0, of the values that are the limit or more."""
    ### BEGIN SOLUTION
    # enumerate counts, so that no index is kept by hand.
    found = []
    for position, value in enumerate(values):
        if value >= limit:
            found.append(position)
    return found
    ### END SOLUTION
