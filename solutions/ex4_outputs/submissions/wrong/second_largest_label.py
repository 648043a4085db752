"""Takes the second-largest label.

fails: outputs_from_largest_label
says: You looked at the second-largest label
rest: solution
"""


def required_outputs(labels):
    different = np.unique(labels)
    return int(different[-2 if len(different) > 1 else -1]) + 1
