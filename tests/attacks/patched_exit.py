"""Replace the function that ends the program, so that it always ends well.

layer: process
expect: failed, Did you forget `return`?
proof: exit status
"""

import os
import sys
from typing import Any


def softmax(*arguments: Any) -> None:
    sys.exit = lambda status=0: os._exit(0)


predicted_labels = accuracy = most_doubtful = softmax
