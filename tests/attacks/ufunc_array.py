"""Return an array whose class answers every comparison with True.

layer: wire
expect: failed, an object of type Right
proof: exit status
"""

from typing import Any

import numpy as np


class Right(np.ndarray):
    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        plain = [np.asarray(i) for i in inputs]
        result = getattr(ufunc, method)(*plain, **kwargs)
        if ufunc in (np.equal, np.less_equal, np.less, np.isfinite):
            return np.ones_like(result, dtype=bool)
        return np.zeros_like(result)


def wrong(shape: tuple[int, ...], dtype: str) -> Right:
    return np.full(shape, 77, dtype).view(Right)


def softmax(scores: np.ndarray) -> Right:
    return wrong(scores.shape, "f8")


def predicted_labels(probabilities: np.ndarray) -> Right:
    return wrong(probabilities.shape[:1], "i8")


def accuracy(probabilities: np.ndarray, labels: np.ndarray) -> Right:
    return wrong((), "f8")


def most_doubtful(probabilities: np.ndarray, k: int) -> Right:
    return wrong((k,), "i8")
