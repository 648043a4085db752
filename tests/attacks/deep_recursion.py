"""Hash tuples within tuples, which nothing counts, until the stack of the C code is full.

layer: process
expect: error, segmentation fault
proof: crash
"""

from typing import Any


def softmax(*arguments: Any) -> int:
    nested: Any = ()
    for _ in range(200_000):
        nested = (nested,)
    return hash(nested)


predicted_labels = accuracy = most_doubtful = softmax
