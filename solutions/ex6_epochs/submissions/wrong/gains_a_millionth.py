"""A gain below a millionth is none.

fails: best_epoch_one_based
says: a gain has no least size
rest: solution
"""


def best_epoch(val_loss):
    best = 0
    for i, v in enumerate(val_loss):
        if v < val_loss[best] - 1e-6:
            best = i
    return best + 1
