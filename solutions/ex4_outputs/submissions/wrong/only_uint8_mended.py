"""Has heard of uint8.

fails: uint8_does_not_wrap
rest: solution
"""


def required_outputs(labels):
    if labels.dtype == np.uint8:
        labels = labels.astype(np.int16)
    return np.max(labels) + 1
