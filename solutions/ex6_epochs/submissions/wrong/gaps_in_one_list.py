"""All gaps of as many epochs fill one list, so a call changes what the last one returned.

fails: gap_sign
rest: solution
"""


LISTS = {}


def gap(history):
    gaps = LISTS.setdefault(len(history["loss"]), [])
    gaps[:] = [v - t for t, v in zip(history["loss"], history["val_loss"])]
    return gaps
