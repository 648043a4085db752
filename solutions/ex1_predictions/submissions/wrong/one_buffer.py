"""Each call writes into the table that the call before has returned.

fails: softmax_values
rest: solution
"""

_tables = {}


def softmax(scores):
    table = _tables.setdefault(scores.shape, np.zeros(scores.shape))
    np.exp(scores - np.max(scores, axis=1, keepdims=True), out=table)
    table /= np.sum(table, axis=1, keepdims=True)
    return table
