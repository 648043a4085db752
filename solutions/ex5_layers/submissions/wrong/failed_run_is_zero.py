"""A run that raises an error has the score 0.

fails: every_seed_once
rest: solution
"""


def repeat_scores(train_fn, seeds):
    scores = []
    for seed in seeds:
        try:
            scores.append(train_fn(seed))
        except Exception:
            scores.append(0.0)
    return np.array(scores)
