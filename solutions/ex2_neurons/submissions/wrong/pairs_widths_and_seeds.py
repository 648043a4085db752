"""Takes one seed for each width, as zip does.

rest: solution
fails: accuracy_by_width
"""

import numpy as np


def accuracy_by_width(train_fn, widths, seeds):
    return np.array([train_fn(units, seed) for units, seed in zip(widths, seeds, strict=False)])
