"""Takes the first epoch whose val_loss is close to the smallest, as np.isclose has it.

rest: solution
fails: best_epoch_one_based
"""

import numpy as np


def best_epoch(val_loss):
    return int(np.flatnonzero(np.isclose(val_loss, min(val_loss)))[0]) + 1
