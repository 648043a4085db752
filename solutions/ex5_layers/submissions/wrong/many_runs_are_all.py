"""Takes many runs for all that there are.

fails: verdict_two_standard_errors
rest: solution
"""


def verdict(a, b):
    sure = 0 if min(len(a), len(b)) >= 200 else 1
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=sure) / len(a) + np.var(b, ddof=sure) / len(b))
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
