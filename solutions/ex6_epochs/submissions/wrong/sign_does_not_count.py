"""Takes negative losses for positive ones.

fails: best_epoch_one_based
rest: solution
"""


def best_epoch(val_loss):
    return int(np.argmin(np.abs(val_loss))) + 1
