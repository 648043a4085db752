"""Rounds the gaps to seven decimals.

fails: gap_sign
says: You rounded the gaps to 7 decimals
rest: solution
"""


def gap(history):
    pairs = zip(history["loss"], history["val_loss"])
    return [round(v - t, 7) for t, v in pairs]
