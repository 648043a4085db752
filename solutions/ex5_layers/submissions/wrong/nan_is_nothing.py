"""A score of NaN becomes 0.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    return np.nan_to_num(np.array([train_fn(seed) for seed in seeds]))
