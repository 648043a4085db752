"""Send one array of 64 MiB and a list that names it 24 times.

layer: wire
expect: error
proof: memory
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from grader.sandbox import values

encode = values.encode


def often(value: Any, tensors: dict[str, np.ndarray], reference: Callable, depth: int = 0) -> Any:
    if not isinstance(value, list):
        return encode(value, tensors, reference, depth)
    tensors["0"] = value[0]
    return {"list": [{"array": "0"}] * len(value)}


values.encode = often


def predicted_labels(probabilities: np.ndarray) -> list[np.ndarray]:
    return [np.zeros(64 << 20, np.uint8)] * 24


def softmax(scores: np.ndarray) -> np.ndarray:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> float:
    return float(np.mean(probabilities.argmax(axis=1) == labels))


def most_doubtful(probabilities: np.ndarray, k: int) -> np.ndarray:
    return probabilities.max(axis=1).argsort()[:k]
