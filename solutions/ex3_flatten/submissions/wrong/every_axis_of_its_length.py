"""Replaces every axis that is as long as the last.

fails: dense_changes_last_axis_only
rest: solution
"""


def dense_output_shape(input_shape, units):
    return tuple(units if n == input_shape[-1] else n for n in input_shape)
