"""Averages over the widths, for each seed.

rest: solution
fails: accuracy_by_width
"""

import numpy as np


def accuracy_by_width(train_fn, widths, seeds):
    return np.mean([[train_fn(units, seed) for seed in seeds] for units in widths], axis=0)
