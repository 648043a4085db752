"""A thousand rows are normalized, the others are left as powers.

fails: softmax_rows_sum_to_1
rest: solution
"""


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    powers[:1000] /= np.sum(powers[:1000], axis=1, keepdims=True)
    return powers
