"""Waits a hundred epochs at most.

fails: patience_respected
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    return len(val_loss) - best >= min(patience, 100) and loss[-1] < loss[best - 1]
