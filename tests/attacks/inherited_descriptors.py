"""Read every descriptor that happens to be open.

layer: descriptors
expect: error, nothing was open
proof: canary
"""

import contextlib
import os

softmax = predicted_labels = accuracy = most_doubtful = print

found = b""
for descriptor in range(256):
    with contextlib.suppress(OSError):
        found += os.pread(descriptor, 1000, 0)
found = found.strip(b"\0")  # of its own standard output
raise RuntimeError(found.decode() or " ".join(["nothing", "was", "open"]))
