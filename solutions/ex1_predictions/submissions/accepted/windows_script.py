"""It begins as scripts written on Windows and on servers do."""

import faulthandler
import io
import logging
import sys

import numpy as np

sys.stdout.reconfigure(encoding="utf-8", errors="replace", line_buffering=True)
sys.stderr = io.TextIOWrapper(sys.stderr.buffer, encoding="utf-8")
faulthandler.enable()
logging.basicConfig(stream=sys.stdout, level=logging.INFO)
COLOR = sys.stdout.isatty() and sys.stdout.encoding


def softmax(scores):
    logging.info("shape %s", scores.shape)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return shifted / shifted.sum(axis=1, keepdims=True)


def predicted_labels(probabilities):
    sys.stdout.buffer.write(b"\xff no UTF-8\n")
    return probabilities.argmax(axis=1)


def accuracy(probabilities, labels):
    print("only", file=sys.__stderr__)
    return float((predicted_labels(probabilities) == labels).mean())


def most_doubtful(probabilities, k):
    return np.argsort(probabilities.max(axis=1), kind="stable")[:k]
