"""At least means above.

fails: at_least_positions
says: EQUAL to the limit
"""

import numpy as np


def shares(values: np.ndarray) -> np.ndarray:
    return values / np.sum(values)


def at_least(values: np.ndarray, limit: float) -> list[int]:
    return [n for n, value in enumerate(values) if value > limit]
