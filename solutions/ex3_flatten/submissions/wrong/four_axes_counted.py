"""Multiplies four axes only.

fails: flatten_shape_rule
rest: solution
"""


def flatten_output_shape(input_shape):
    size = 1
    for axis in input_shape[1:5]:
        size *= axis
    return (input_shape[0], size)
