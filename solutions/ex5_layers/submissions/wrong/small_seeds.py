"""Large seeds are made small.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    return np.array([train_fn(seed % 65536) for seed in seeds])
