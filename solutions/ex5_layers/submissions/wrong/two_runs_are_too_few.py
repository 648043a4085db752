"""Says nothing of two runs of each.

fails: verdict_clear_gap
rest: solution
"""


def verdict(a, b):
    if len(a) == len(b) == 2:
        return "no clear difference"
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
