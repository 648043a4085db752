"""Look for the right answers, and for the checks, among all objects in memory.

layer: process
expect: error, no answers
proof: exit status
"""

import gc
import sys
from typing import Any


def stolen(name: str) -> Any:
    for found in gc.get_objects():
        if isinstance(found, dict) and isinstance(found.get(name), list):
            return found[name][0]
    modules = [m for m in sys.modules if "pytest" in m or "checks" in m]
    raise LookupError(f"no {'answers'}, and of the checks {modules}")


def softmax(scores: Any) -> Any:
    return stolen("softmax")


def predicted_labels(probabilities: Any) -> Any:
    return stolen("predicted_labels")


def accuracy(probabilities: Any, labels: Any) -> Any:
    return stolen("accuracy")


def most_doubtful(probabilities: Any, k: int) -> Any:
    return stolen("most_doubtful")
