"""Each mean takes the place of the one before.

fails: accuracy_by_width
says: Append each mean to a list
rest: solution
"""


def accuracy_by_width(train_fn, widths, seeds):
    for units in widths:
        mean = np.mean([train_fn(units, seed) for seed in seeds])
    return np.array([mean])
