"""A loss of 0.0 counts as none.

fails: epochs_until
says: A loss of 0.0 is a loss like others
rest: solution
"""


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses, start=1):
        if loss and loss < threshold:
            return epoch
    return None
