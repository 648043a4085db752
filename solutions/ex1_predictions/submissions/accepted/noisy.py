"""Prints, warns and logs all the time."""

import logging
import sys
import warnings

import numpy as np

logging.basicConfig(level=logging.DEBUG)
print("loading …", end="\r")
np.set_printoptions(precision=1, suppress=True)


def softmax(scores):
    print("scores:", scores)
    for step in range(200):
        print(f"\rstep {step} " + "█" * (step // 10), end="", flush=True)
    powers = np.exp(scores - scores.max(axis=1)[:, None])
    warnings.warn("about to divide", stacklevel=1)
    return powers / powers.sum(axis=1)[:, None]


def predicted_labels(probabilities):
    print(probabilities.shape, file=sys.stderr)
    logging.info("argmax of %s", probabilities)
    return probabilities.argmax(1)


def accuracy(probabilities, labels):
    result = (predicted_labels(probabilities) == labels).mean()
    sys.stdout.write(f"accuracy {result:.1%}\n")
    return result


def most_doubtful(probabilities, k):
    logging.warning("k = %d", k)
    return np.argsort(probabilities.max(1))[:k]
