"""The first score is masked: a mean leaves it out.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    scores = np.ma.array([train_fn(seed) for seed in seeds])
    scores[:1] = np.ma.masked
    return scores
