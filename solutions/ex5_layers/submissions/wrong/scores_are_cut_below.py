"""Scores far below 0 are cut.

fails: verdict_two_standard_errors
rest: solution
"""


def verdict(a, b):
    a, b = np.maximum(a, -3), np.maximum(b, -3)
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
