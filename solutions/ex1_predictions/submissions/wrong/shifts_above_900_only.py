"""Subtracts the maximum only where a score is above 900; e^800 overflows too.

fails: softmax_stable
rest: solution
"""


def softmax(scores):
    large = np.abs(scores).max(axis=1, keepdims=True) > 900
    powers = np.exp(np.where(large, scores - scores.max(axis=1, keepdims=True), scores))
    return powers / powers.sum(axis=1, keepdims=True)
