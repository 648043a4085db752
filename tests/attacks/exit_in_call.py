"""End with exit status 0 inside a call.

layer: process
expect: error, exit code 0
proof: exit status
"""

import os
from typing import Any


def softmax(scores: Any) -> Any:
    os._exit(0)


predicted_labels = accuracy = most_doubtful = softmax
