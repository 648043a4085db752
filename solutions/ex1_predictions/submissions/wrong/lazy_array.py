"""Returns an object that calls itself a tensor, and is another array each time it is asked.

fails: softmax_values
rest: solution
"""

class Lazy:
    def __init__(self, values):
        self.values, self.asked = values, 0

    def __array__(self, dtype=None, copy=None):
        self.asked += 1
        return self.values if self.asked == 1 else self.values * 0


Lazy.__module__ = "tensorflow"


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return Lazy(powers / np.sum(powers, axis=1, keepdims=True))
