"""Send a frame whose JSON is nested 20,000 levels deep.

layer: wire
expect: error, sent back
proof: reader lost
"""

import contextlib
import os

softmax = predicted_labels = accuracy = most_doubtful = print

header = b'{"__metadata__": ' + b"[" * 20_000 + b"]" * 20_000 + b"}"
body = len(header).to_bytes(8, "little") + header
frame = len(body).to_bytes(8, "little") + body
for descriptor in range(3, 256):
    with contextlib.suppress(OSError):
        while frame:
            frame = frame[os.write(descriptor, frame) :]
getattr(os, "_exit")(0)  # noqa: B009
