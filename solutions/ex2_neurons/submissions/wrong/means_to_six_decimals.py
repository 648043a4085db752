"""Rounds the means to six decimals.

fails: accuracy_by_width
says: You rounded the means to 6 decimals
rest: solution
"""


def accuracy_by_width(train_fn, widths, seeds):
    return [round(np.mean([train_fn(units, seed) for seed in seeds]), 6) for units in widths]
