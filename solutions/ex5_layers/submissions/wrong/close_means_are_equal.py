"""Takes two means that are close for equal, as np.isclose has it.

rest: solution
fails: verdict_two_standard_errors
"""

import numpy as np


def verdict(a, b):
    if np.isclose(a.mean(), b.mean()):
        return "no clear difference"
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(a.mean() - b.mean()) <= 2 * error:
        return "no clear difference"
    return "a" if a.mean() > b.mean() else "b"
