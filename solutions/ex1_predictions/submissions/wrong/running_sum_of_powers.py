"""The sum of the powers goes on from row to row.

fails: softmax_values
says: Your sum goes on from row to row
rest: solution
"""


def softmax(scores):
    total, rows = 0, []
    for powers in np.exp(scores):
        total += powers.sum()
        rows.append(powers / total)
    return np.array(rows)
