"""The most doubtful are looked for among the first thousand.

fails: most_doubtful
rest: solution
"""


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return np.argsort(np.max(probabilities[:1_000], axis=1))[:k]
