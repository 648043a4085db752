"""Forgets the number of images that was given.

fails: dense_changes_last_axis_only
rest: solution
"""


def dense_output_shape(input_shape, units):
    return (None, *input_shape[1:-1], units)
