"""Answer one question twice, so that the second answer meets the next question.

layer: nonce
expect: error, an answer to another question
proof: stale answer
"""

import gc
import sys
from typing import Any

import numpy as np


def agent() -> Any:
    """The program that answers the checker, in this same process."""
    found = [o for o in gc.get_objects() if type(o).__name__ == "Agent"]
    return found[0] if found else None


def question() -> str:
    """The number of the request that is being answered."""
    frame = sys._getframe()
    while "request" not in frame.f_locals:
        frame = frame.f_back
    return frame.f_locals["request"]["id"]


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    share = float(np.mean(probabilities.argmax(axis=1) == labels))
    agent().channel.send({"id": question(), "value": share})
    return share


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]
