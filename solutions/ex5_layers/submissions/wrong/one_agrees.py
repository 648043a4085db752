"""If the runs of one agree, those of the other count as agreeing too.

fails: verdict_two_standard_errors
rest: solution
"""


def verdict(a, b):
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if len(a) + len(b) > 8 and (np.var(a) == 0 or np.var(b) == 0):
        error = 0.0
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
