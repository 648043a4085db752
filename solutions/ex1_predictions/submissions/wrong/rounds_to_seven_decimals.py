"""Seven decimals of a probability are enough.

fails: softmax_values
says: You rounded the probabilities to 7 decimals
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.round(powers / powers.sum(axis=1, keepdims=True), 7)
