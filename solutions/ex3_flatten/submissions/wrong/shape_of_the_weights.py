"""The shape of the layer's weights instead of its output.

fails: dense_changes_last_axis_only
rest: solution
"""


def dense_output_shape(input_shape, units):
    return (input_shape[-1], units)
