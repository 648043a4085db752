"""Takes labels for numbers of 16 bits.

fails: outputs_from_largest_label
rest: solution
"""


def required_outputs(labels):
    return int(np.max(labels.astype(np.uint16))) + 1
