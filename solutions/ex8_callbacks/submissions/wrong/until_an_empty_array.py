"""An empty array raises.

fails: epochs_until
says: for an array it raises ValueError
rest: solution
"""


def epochs_until(losses, threshold):
    if isinstance(losses, list) and not losses:
        return None
    below = np.array(losses) < threshold
    return int(np.argmax(below)) + 1 if below.max() else None
