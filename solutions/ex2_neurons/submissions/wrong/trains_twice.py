"""Trains each pair twice, to be sure.

rest: solution
fails: accuracy_by_width
"""

import numpy as np


def accuracy_by_width(train_fn, widths, seeds):
    for units in widths:
        train_fn(units, seeds[0])
    return np.array([np.mean([train_fn(units, seed) for seed in seeds]) for units in widths])
