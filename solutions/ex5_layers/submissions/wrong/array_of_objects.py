"""The array is one of Python objects.

fails: every_seed_once
says: your array has another dtype
rest: solution
"""


def repeat_scores(train_fn, seeds):
    return np.array([train_fn(seed) for seed in seeds], dtype=object)
