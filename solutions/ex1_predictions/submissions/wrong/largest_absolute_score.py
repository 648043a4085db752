"""Subtracts each row's largest absolute score.

fails: softmax_stable
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - np.abs(scores).max(axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)
