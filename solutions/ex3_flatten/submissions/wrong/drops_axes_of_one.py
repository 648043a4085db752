"""Dense drops axes of length 1.

fails: dense_changes_last_axis_only
rest: solution
"""


def dense_output_shape(input_shape, units):
    return (*[n for n in input_shape[:-1] if n != 1], units)
