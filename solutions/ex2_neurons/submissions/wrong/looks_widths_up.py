"""list.index finds the first place only of a width that comes twice.

fails: accuracy_by_width
says: A width may come twice
rest: solution
"""


def accuracy_by_width(train_fn, widths, seeds):
    means = np.zeros(len(widths))
    for units in widths:
        means[widths.index(units)] += np.mean([train_fn(units, seed) for seed in seeds])
    return means
