"""Axes of the same length are multiplied once.

fails: flatten_shape_rule
rest: solution
"""

import math


def flatten_output_shape(input_shape):
    return (input_shape[0], math.prod(set(input_shape[1:])))
