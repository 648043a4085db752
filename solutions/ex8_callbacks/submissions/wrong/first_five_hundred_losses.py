"""Looks at five hundred losses at most.

fails: epochs_until
rest: solution
"""


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses[:500], start=1):
        if loss < threshold:
            return epoch
    return None
