"""A small number in the divisor instead of a shift.

fails: softmax_values
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores)
    return powers / (np.sum(powers, axis=1, keepdims=True) + 1e-8)
