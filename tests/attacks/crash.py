"""Read from address 0.

layer: process
expect: error, segmentation fault
proof: crash
"""

import ctypes
from typing import Any


def softmax(*arguments: Any) -> bytes:
    return ctypes.string_at(0)


predicted_labels = accuracy = most_doubtful = softmax
