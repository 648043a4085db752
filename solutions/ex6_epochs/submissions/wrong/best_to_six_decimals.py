"""Compares losses that are rounded to six decimals.

fails: best_epoch_one_based
rest: solution
"""


def best_epoch(val_loss):
    rounded = [round(v, 6) for v in val_loss]
    return rounded.index(min(rounded)) + 1
