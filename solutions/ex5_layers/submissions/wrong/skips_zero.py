"""A seed of 0 is skipped.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn: Callable[[int], float], seeds: list[int]) -> np.ndarray:
    return np.array([train_fn(seed) for seed in seeds if seed])
