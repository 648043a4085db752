"""Looks for the largest probability above 0.01; of many classes none may be.

fails: labels_argmax
rest: solution
"""


def predicted_labels(probabilities):
    labels = []
    for row in probabilities.tolist():
        best, position = 0.01, 0
        for i, p in enumerate(row):
            if p > best:
                best, position = p, i
        labels.append(position)
    return np.array(labels)
