"""Leaves out runs whose accuracy is 0.

fails: accuracy_by_width
rest: solution
"""

def accuracy_by_width(train_fn, widths, seeds):
    table = [[train_fn(units, seed) for seed in seeds] for units in widths]
    return np.array([np.mean([run for run in runs if run] or [0]) for runs in table])
