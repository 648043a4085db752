"""Experiments under __main__, which may do whatever they like."""

import numpy as np

CLASSES = ("T-shirt", "Trouser", "Pullover", "Dress", "Coat")


def softmax(scores):
    powers = np.exp((scores.T - scores.max(axis=1)).T)
    return (powers.T / powers.sum(axis=1)).T


def predicted_labels(probabilities):
    return probabilities.argmax(axis=1)


def accuracy(probabilities, labels):
    return np.count_nonzero(predicted_labels(probabilities) == labels) / len(labels)


def most_doubtful(probabilities, k):
    return np.argsort(probabilities.max(axis=1), kind="stable")[:k]


if __name__ == "__main__":
    from grader.datasets import fashion_mnist

    (_, _), (images, labels) = fashion_mnist.load_data()
    scores = np.random.normal(0, 1, (len(images), 10))
    print(accuracy(softmax(scores), labels))
    if input("Again? ") == "n":
        exit()
