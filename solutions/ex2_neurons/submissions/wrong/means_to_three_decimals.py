"""Rounds the means, as they are printed.

rest: solution
fails: accuracy_by_width
"""

import numpy as np


def accuracy_by_width(train_fn, widths, seeds):
    return np.array(
        [round(np.mean([train_fn(units, seed) for seed in seeds]), 3) for units in widths]
    )
