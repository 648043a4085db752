"""Divides by the sum of the first twenty powers.

fails: softmax_values
rest: solution
"""

def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return powers / np.sum(powers[:, :20], axis=1, keepdims=True)
