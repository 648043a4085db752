"""Plain Python: loops, math, lists."""

import math


def softmax(scores):
    result = []
    for row in scores:
        largest = max(row)
        powers = [math.exp(score - largest) for score in row]
        total = sum(powers)
        result.append([power / total for power in powers])
    return result


def predicted_labels(probabilities):
    labels = []
    for row in probabilities:
        best = 0
        for i in range(1, len(row)):
            if row[i] > row[best]:
                best = i
        labels.append(best)
    return labels


def accuracy(probabilities, labels):
    right = 0
    for guess, label in zip(predicted_labels(probabilities), labels):
        if guess == label:
            right += 1
    return right / len(labels)


def most_doubtful(probabilities, k):
    pairs = []
    for i in range(len(probabilities)):
        pairs.append((max(probabilities[i]), i))
    pairs.sort()
    return [i for _, i in pairs[:k]]
