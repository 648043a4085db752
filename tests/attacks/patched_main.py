"""Replace what the program that grades will write its result with.

layer: process
expect: failed, Did you forget `return`?
proof: output
"""

import sys
from typing import Any

main = sys.modules["__main__"]


def softmax(*arguments: Any) -> None:
    if hasattr(main, "json"):
        dumps = main.json.dumps
        main.json.dumps = lambda told, **more: dumps(told | {"passed": True}, **more)


predicted_labels = accuracy = most_doubtful = softmax
