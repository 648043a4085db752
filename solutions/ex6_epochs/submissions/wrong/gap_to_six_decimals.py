"""Rounds the gaps to six decimals.

rest: solution
fails: gap_sign
"""


def gap(history):
    return [round(v - t, 6) for t, v in zip(history["loss"], history["val_loss"], strict=True)]
