"""A dictionary keeps one mean of a width that comes twice.

fails: accuracy_by_width
rest: solution
"""


def accuracy_by_width(train_fn, widths, seeds):
    means = {}
    for units in widths:
        means[units] = np.mean([train_fn(units, seed) for seed in seeds])
    return np.array(list(means.values()))
