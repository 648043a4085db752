"""Scores are cut to numbers from 0 to 1.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    return np.clip(np.array([train_fn(seed) for seed in seeds]), 0, 1)
