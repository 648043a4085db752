"""Look for the right answers in the variables of whoever calls.

layer: process
expect: error, no answers
proof: exit status
"""

import sys
from typing import Any


def stolen(name: str) -> Any:
    frame = sys._getframe(1)
    while frame is not None:
        answers = frame.f_locals.get("answers")
        if isinstance(answers, dict):
            return answers[name][0]
        frame = frame.f_back
    raise LookupError("no " + "answers")


def softmax(scores: Any) -> Any:
    return stolen("softmax")


def predicted_labels(probabilities: Any) -> Any:
    return stolen("predicted_labels")


def accuracy(probabilities: Any, labels: Any) -> Any:
    return stolen("accuracy")


def most_doubtful(probabilities: Any, k: int) -> Any:
    return stolen("most_doubtful")
