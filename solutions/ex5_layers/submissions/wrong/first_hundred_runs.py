"""Trains a hundred times at most.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    return np.array([train_fn(seed) for seed in seeds[:100]])
