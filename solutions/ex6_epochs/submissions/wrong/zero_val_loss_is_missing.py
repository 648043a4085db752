"""A val_loss of 0 counts as missing.

fails: gap_sign
rest: solution
"""


def gap(history):
    pairs = zip(history["loss"], history["val_loss"])
    return [v - t if v else 0.0 for t, v in pairs]
