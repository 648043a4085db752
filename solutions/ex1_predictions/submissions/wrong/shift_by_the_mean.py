"""Subtracts each row's mean instead of its maximum.

fails: softmax_stable
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - scores.mean(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
