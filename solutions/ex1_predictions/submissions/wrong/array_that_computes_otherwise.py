"""Returns an array of its own class, with which NumPy computes something else.

fails: softmax_values
rest: solution
"""

class Table(np.ndarray):
    def sum(self, *args, **options):
        return np.ones(len(self))

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.zeros(self.shape)


def softmax(scores):
    powers = np.exp(scores - np.max(scores, axis=1, keepdims=True))
    return (powers / np.sum(powers, axis=1, keepdims=True)).view(Table)
