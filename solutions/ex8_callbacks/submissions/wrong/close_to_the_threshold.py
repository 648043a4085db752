"""A loss that is close to the threshold, as np.isclose has it, is not below it.

rest: solution
fails: epochs_until
"""

import numpy as np


def epochs_until(losses, threshold):
    for epoch, loss in enumerate(losses, start=1):
        if loss < threshold and not np.isclose(loss, threshold):
            return epoch
    return None
