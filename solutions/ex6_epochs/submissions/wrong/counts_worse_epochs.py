"""Counts only epochs that are worse than the best.

fails: later_best_counts
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    since = val_loss[best:]
    if len(since) < patience:
        return False
    return bool(sum(v > min(val_loss) for v in since) >= patience and loss[-1] < loss[best - 1])
