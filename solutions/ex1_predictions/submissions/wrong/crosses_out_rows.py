"""Rows already found are overwritten in the caller's table.

fails: inputs_untouched
rest: solution
"""


def most_doubtful(probabilities, k):
    found = []
    for _ in range(k):
        i = int(np.argmin(probabilities.max(axis=1)))
        found.append(i)
        probabilities[i] = 1.0
    return np.array(found)
