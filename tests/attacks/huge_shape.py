"""Send a small array that says it has 2 ** 35 numbers.

layer: wire
expect: error, sent back
proof: reader believes shape
"""

import contextlib
import os

softmax = predicted_labels = accuracy = most_doubtful = print

header = b"{'descr': '<f8', 'fortran_order': False, 'shape': (34359738368,), }"
header = header.ljust(117) + b"\n"
frame = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + bytes(8)
for descriptor in range(3, 256):
    with contextlib.suppress(OSError):
        os.write(descriptor, frame)
getattr(os, "_exit")(0)  # noqa: B009
