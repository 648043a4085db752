"""Clips the scores at 1100 before the shift: 2000 and 1990 become equal.

fails: softmax_stable
says: don't clip anything
rest: solution
"""


def softmax(scores):
    scores = np.clip(scores, -1100, 1100)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)
