"""A threshold of 0.0 counts as missing.

fails: epochs_until
says: A threshold of 0.0 is a threshold too
rest: solution
"""


def epochs_until(losses, threshold):
    threshold = threshold or 0.4
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None
