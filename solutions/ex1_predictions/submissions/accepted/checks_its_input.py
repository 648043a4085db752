"""Careful: asserts, copies, float64 throughout; says in Chinese what it does (中文)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

数组 = npt.NDArray[np.float64]


def _checked(table: 数组) -> 数组:
    table = np.array(table, dtype=np.float64, copy=True)
    if table.ndim != 2:
        raise ValueError(f"需要二维数组,得到 {table.ndim} 维")
    return table


def softmax(scores: 数组) -> 数组:
    scores = _checked(scores)
    scores -= scores.max(axis=1, keepdims=True)
    scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return np.exp(scores, out=scores)


def predicted_labels(probabilities: 数组) -> npt.NDArray[np.int64]:
    probabilities = _checked(probabilities)
    assert np.allclose(probabilities.sum(axis=1), 1, atol=1e-3), "每行的和应为 1"
    return probabilities.argmax(axis=1).astype(np.int64, copy=False)


def accuracy(probabilities: 数组, labels: npt.NDArray[np.integer]) -> float:
    assert len(probabilities) == len(labels), "数量不一致"
    正确 = predicted_labels(probabilities) == np.asarray(labels, dtype=np.int64).ravel()
    return float(正确.sum(dtype=np.float64) / max(len(正确), 1))


def most_doubtful(probabilities: 数组, k: int) -> npt.NDArray[np.int64]:
    assert 0 < k <= len(probabilities), f"k = {k}"
    把握 = _checked(probabilities).max(axis=1)
    return np.lexsort((把握,))[:k]
