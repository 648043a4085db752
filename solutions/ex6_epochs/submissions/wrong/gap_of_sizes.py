"""Takes negative losses for positive ones.

fails: gap_sign
rest: solution
"""


def gap(history):
    pairs = zip(history["loss"], history["val_loss"])
    return [abs(v) - abs(t) for t, v in pairs]
