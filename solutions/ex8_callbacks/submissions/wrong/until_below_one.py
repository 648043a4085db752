"""Takes no threshold above 1, as if a loss were a share.

fails: epochs_until
rest: solution
"""


def epochs_until(losses, threshold):
    threshold = min(threshold, 1.0)
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold:
            return epoch
    return None
