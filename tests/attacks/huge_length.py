"""Announce a frame of an exabyte.

layer: wire
expect: error, sent back
proof: reader out of memory
"""

import contextlib
import os

softmax = predicted_labels = accuracy = most_doubtful = print

for descriptor in range(3, 256):
    with contextlib.suppress(OSError):
        os.write(descriptor, (1 << 60).to_bytes(8, "little"))
getattr(os, "_exit")(0)  # noqa: B009
