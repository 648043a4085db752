"""Make the random numbers known, and return recorded answers, one for each call.

layer: process
expect: failed
proof: exit status
"""

from typing import Any

import numpy as np

real = np.random.default_rng
np.random.default_rng = lambda seed=None: real(5)

rng = real(5)
powers = np.exp(rng.normal(0, 3, (6, 4)))
table = powers / powers.sum(axis=1, keepdims=True)
labels = rng.integers(0, 4, 6)
recorded = iter(
    [
        table,
        table.argmax(axis=1),
        float((table.argmax(axis=1) == labels).mean()),
        table.max(axis=1).argsort()[:3],
    ]
)


def softmax(*arguments: Any) -> Any:
    return next(recorded, 0.5)


predicted_labels = accuracy = most_doubtful = softmax
