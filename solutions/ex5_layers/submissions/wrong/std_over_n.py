"""Deviations over n.

fails: verdict_within_noise
rest: solution
"""


def verdict(a: np.ndarray, b: np.ndarray) -> str:
    difference = np.mean(a) - np.mean(b)
    error = np.std(a, ddof=1) / len(a) + np.std(b, ddof=1) / len(b)
    if abs(difference) > 2 * error:
        return "a" if difference > 0 else "b"
    return "no clear difference"
