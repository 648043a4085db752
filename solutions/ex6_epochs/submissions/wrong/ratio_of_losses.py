"""Divides the two losses, which is right for positive ones only.

fails: overfitting_seen
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    return bool(len(val_loss) - best >= patience and np.divide(loss[-1], loss[best - 1]) < 1)
