"""Rounds the gaps to five decimals.

fails: gap_sign
rest: solution
"""


def gap(history):
    return np.subtract(history['val_loss'], history['loss']).round(5).tolist()
