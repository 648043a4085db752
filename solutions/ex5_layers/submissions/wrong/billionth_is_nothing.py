"""A difference of a billionth is none.

fails: verdict_two_standard_errors
rest: solution
"""


def verdict(a, b):
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error and abs(difference) > 1e-9:
        return "a" if difference > 0 else "b"
    return "no clear difference"
