"""Looks at a hundred epochs at most.

fails: best_epoch_one_based
rest: solution
"""


def best_epoch(val_loss):
    return int(np.argmin(val_loss[:100])) + 1
