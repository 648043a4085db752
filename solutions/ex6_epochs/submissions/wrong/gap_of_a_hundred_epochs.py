"""Looks at a hundred epochs at most.

fails: gap_sign
rest: solution
"""


def gap(history):
    return np.subtract(history["val_loss"][:100], history["loss"][:100]).tolist()
