"""Write a passing result to every descriptor, and end.

layer: wire
expect: error, sent back
proof: result pipe
"""

import contextlib
import os

softmax = predicted_labels = accuracy = most_doubtful = print

for descriptor in range(3, 256):
    with contextlib.suppress(OSError):
        os.write(descriptor, b'{"passed": true, "verdict": "passed"}\n')
getattr(os, "_exit")(0)  # noqa: B009
