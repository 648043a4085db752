"""The threshold loses its sign.

fails: epochs_until
rest: solution
"""


def epochs_until(losses, threshold):
    threshold = abs(threshold)
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None
