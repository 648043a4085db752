"""Close to two standard errors nothing is clear.

fails: verdict_two_standard_errors
rest: solution
"""


def verdict(a, b):
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if np.isclose(abs(difference), 2 * error, rtol=1e-4):
        return "no clear difference"
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
