"""Subtracts the first row's maximum from all rows.

fails: softmax_stable
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - scores[0].max())
    return powers / np.sum(powers, axis=1, keepdims=True)
