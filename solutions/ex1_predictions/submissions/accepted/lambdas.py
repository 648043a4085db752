"""One line each."""

import numpy as np

exp = lambda z: np.exp(z - np.max(z, axis=1, keepdims=True))  # noqa: E731
softmax = lambda scores: exp(scores) / exp(scores).sum(axis=1, keepdims=True)  # noqa: E731
predicted_labels = lambda probabilities: np.argmax(probabilities, axis=1)  # noqa: E731
accuracy = lambda p, labels: np.mean(predicted_labels(p) == labels)  # noqa: E731
most_doubtful = lambda p, k: np.argsort(np.max(p, axis=1))[:k]  # noqa: E731
