"""Leaves out all axes that are as long as the batch.

fails: flatten_shape_rule
rest: solution
"""

import math


def flatten_output_shape(input_shape):
    return (input_shape[0], math.prod(n for n in input_shape if n != input_shape[0]))
