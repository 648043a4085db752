"""End the grader with success from a thread, while a check runs.

layer: process
expect: error, exit code 0
proof: exit status
"""

import os
import threading
import time
from typing import Any


def leave() -> None:
    time.sleep(0.3)
    os._exit(0)


def softmax(scores: Any) -> Any:
    threading.Thread(target=leave).start()
    time.sleep(20)


predicted_labels = accuracy = most_doubtful = softmax
