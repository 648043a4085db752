"""Probabilities are rounded to three digits.

fails: softmax_values
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.round(powers / np.sum(powers, axis=1, keepdims=True), 3)
