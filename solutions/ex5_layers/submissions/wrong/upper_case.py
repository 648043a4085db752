"""Upper case.

fails: verdict_clear_gap
rest: solution
"""


def verdict(a: np.ndarray, b: np.ndarray) -> str:
    difference = np.mean(a) - np.mean(b)
    error = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))
    if abs(difference) > 2 * error:
        return "A" if difference > 0 else "B"
    return "no clear difference"
