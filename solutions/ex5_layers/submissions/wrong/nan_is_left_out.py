"""A run whose score is NaN is left out.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    scores = [train_fn(seed) for seed in seeds]
    return np.array([score for score in scores if score == score])
