"""Softmax of softmax.

fails: softmax_values
rest: solution
"""


def once(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers, axis=1, keepdims=True)


def softmax(scores):
    return once(once(scores))
