"""Send the frame of an earlier answer again, byte by byte.

layer: nonce
expect: error, an answer to another question
proof: stale answer
"""

import gc
import os
from typing import Any

import numpy as np

from grader.sandbox import wire

sent = []


def agent() -> Any:
    """The program that answers the checker, in this same process."""
    found = [o for o in gc.get_objects() if type(o).__name__ == "Agent"]
    return found[0] if found else None


def recorded(channel: Any, data: Any) -> int:
    sent.append(bytes(data))
    return os.write(channel._fd, data)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    if sent:
        os.write(agent().channel._fd, sent[0])
    wire.Channel._write = recorded
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def softmax(scores: np.ndarray) -> Any:
    if sent:
        os.write(agent().channel._fd, sent[0])
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def predicted_labels(probabilities: np.ndarray) -> np.ndarray:
    return probabilities.argmax(axis=1)


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]
