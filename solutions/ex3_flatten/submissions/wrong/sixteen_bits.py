"""The product of a photo does not fit into 16 bits.

fails: flatten_shape_rule
rest: solution
"""


def flatten_output_shape(input_shape):
    return (input_shape[0], int(np.prod(input_shape[1:], dtype=np.int16)))
