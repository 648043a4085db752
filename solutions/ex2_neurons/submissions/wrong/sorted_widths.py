"""Trains from the narrowest to the widest, and returns the means so.

rest: solution
fails: accuracy_by_width
"""

import numpy as np


def accuracy_by_width(train_fn, widths, seeds):
    return np.array([np.mean([train_fn(units, seed) for seed in seeds]) for units in sorted(widths)])
