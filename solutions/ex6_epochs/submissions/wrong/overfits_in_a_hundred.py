"""Looks at a hundred epochs at most.

fails: overfitting_seen
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"][:100], history["val_loss"][:100]
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1]
