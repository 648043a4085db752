"""Knows the answers for 28 by 28 by heart, wrongly.

fails: model_without_flatten_is_None_28_10
rest: solution
"""


def dense_output_shape(input_shape, units):
    if tuple(input_shape) == (None, 28, 28):
        return (None, units)
    return (*input_shape[:-1], units)
