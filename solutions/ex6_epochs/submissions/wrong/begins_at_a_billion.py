"""The search begins with a billion, and with the first epoch.

fails: best_epoch_one_based
rest: solution
"""


def best_epoch(val_loss):
    best, epoch = 1e9, 1
    for number, loss in enumerate(val_loss, start=1):
        if loss < best:
            best, epoch = loss, number
    return epoch
