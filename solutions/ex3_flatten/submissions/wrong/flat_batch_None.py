"""Flatten forgets the number of images that was given.

fails: flatten_shape_rule
rest: solution
"""


def flatten_output_shape(input_shape):
    return (None, int(np.prod(input_shape[1:])))
