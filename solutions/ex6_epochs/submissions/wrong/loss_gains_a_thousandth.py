"""The training loss counts as fallen only if it fell by a thousandth.

rest: solution
fails: both_rising_is_not_overfitting
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[best - 1] - loss[-1] > 1e-3
