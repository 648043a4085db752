"""Looks at 25 losses at most.

fails: epochs_until
rest: solution
"""


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses[:25], start=1):
        if loss < threshold:
            return epoch
    return None
