"""Subtracts the maximum in place, but only from large scores.

fails: inputs_untouched
says: changed its input
rest: solution
"""


def softmax(scores):
    if np.abs(scores).max() > 500:
        scores -= scores.max(axis=1, keepdims=True)
    powers = np.exp(scores)
    return powers / powers.sum(axis=1, keepdims=True)
