"""Answer once, and never read again what the grader sends.

layer: deadline
expect: timeout
proof: hang
"""

import gc
import time
from typing import Any

import numpy as np


def agent() -> Any:
    """The program that answers the checker, in this same process."""
    found = [o for o in gc.get_objects() if type(o).__name__ == "Agent"]
    return found[0] if found else None


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    def sleep(*arguments: Any) -> None:
        time.sleep(1000)

    known = agent()
    if known is None:
        sleep()
    known.channel.receive = sleep
    return probabilities.argmax(axis=1)


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == labels))
