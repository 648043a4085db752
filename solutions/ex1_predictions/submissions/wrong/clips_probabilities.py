"""Clips the probabilities as Keras's loss does: none is below 1e-7.

fails: softmax_values
says: Only your smallest probabilities are wrong
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.clip(powers / powers.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
