"""The share is the value divided by how many there are.

fails: shares_values
says: divided by how many values
"""

import numpy as np


def shares(values: np.ndarray) -> np.ndarray:
    return values / len(values)


def at_least(values: np.ndarray, limit: float) -> list[int]:
    return [n for n, value in enumerate(values) if value >= limit]
