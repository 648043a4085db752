"""Trains with the first ten seeds only.

fails: accuracy_by_width
rest: solution
"""

def accuracy_by_width(train_fn, widths, seeds):
    return np.array([np.mean([train_fn(units, seed) for seed in seeds[:10]]) for units in widths])
