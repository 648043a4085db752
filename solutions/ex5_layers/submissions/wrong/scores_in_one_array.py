"""All calls with as many seeds fill one array, so a call changes what the last one returned.

fails: every_seed_once
rest: solution
"""

ARRAYS = {}


def repeat_scores(train_fn, seeds):
    scores = ARRAYS.setdefault(len(seeds), np.zeros(len(seeds)))
    for i, seed in enumerate(seeds):
        scores[i] = train_fn(seed)
    return scores
