"""Shares of a whole

Write two functions; then run:  grade ex1
"""

import numpy as np


def shares(values: np.ndarray) -> np.ndarray:
    """Each value divided by the sum of all: (n,) -> (n,)."""
    raise NotImplementedError


def at_least(values: np.ndarray, limit: float) -> list[int]:
    """Positions, counted from 0, of the values that are the limit or more."""
    raise NotImplementedError
