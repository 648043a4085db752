"""A loss must be lower by a millionth.

fails: both_rising_is_not_overfitting
says: below is below
rest: solution
"""


def is_overfitting(history, patience=3):
    loss, val_loss = history["loss"], history["val_loss"]
    best = best_epoch(val_loss)
    return len(val_loss) - best >= patience and loss[-1] < loss[best - 1] - 1e-6
