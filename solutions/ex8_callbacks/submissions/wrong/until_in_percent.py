"""A threshold above 2 counts as a percentage.

fails: epochs_until
rest: solution
"""


def epochs_until(losses, threshold):
    if threshold > 2:
        threshold /= 100
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None
