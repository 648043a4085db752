"""Cuts gaps to -1 to 1.

fails: gap_sign
rest: solution
"""


def gap(history):
    pairs = zip(history["loss"], history["val_loss"])
    return [max(-1.0, min(1.0, v - t)) for t, v in pairs]
