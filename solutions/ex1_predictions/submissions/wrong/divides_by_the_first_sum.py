"""Divides all rows by the sum of the first.

fails: softmax_values
says: the sum of the FIRST row
rest: solution
"""


def softmax(scores):
    powers = np.exp(scores)
    return powers / powers[0].sum()
