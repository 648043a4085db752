"""Overfitting needs a val_loss that has risen.

fails: later_best_counts
says: it has not improved in the
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    since = val_loss[best:]
    if len(since) < patience:
        return False
    return bool(max(since) > val_loss[best - 1] and loss[-1] < loss[best - 1])
