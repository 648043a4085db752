"""Return an object that is equal to everything.

layer: wire
expect: failed, an object of type Anything
proof: exit status
"""

from typing import Any


class Anything:
    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False

    def __sub__(self, other: object) -> int:
        return 0

    def __len__(self) -> int:
        return 3

    __hash__ = None
    __rsub__ = __sub__


def softmax(*arguments: Any) -> Anything:
    return Anything()


predicted_labels = accuracy = most_doubtful = softmax
