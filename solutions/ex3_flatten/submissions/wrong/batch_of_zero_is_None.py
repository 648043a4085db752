"""A batch of 0 images becomes None.

fails: dense_changes_last_axis_only
rest: solution
"""

def dense_output_shape(input_shape, units):
    return (input_shape[0] or None, *input_shape[1:-1], units)
